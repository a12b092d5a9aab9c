package org.elasticsearch.node;

import java.util.List;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ClassPathPlugins;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;

/** Builds a node with plugins of the class path. It lives in this package because only here a node can be assembled. */
public final class EmbeddedNode {
    private EmbeddedNode() {}

    public static Node build(Environment environment, List<Plugin> plugins) {
        NodeServiceProvider services = new NodeServiceProvider() {
            @Override
            PluginsService newPluginService(Environment prepared, PluginsLoader loader) {
                return new ClassPathPlugins(prepared, loader, plugins);
            }
        };
        return new Node(
            NodeConstruction.prepareConstruction(environment, ClassPathPlugins.noFolders(), services, true));
    }
}
