package org.elasticsearch.plugins;

import java.util.List;
import java.util.Set;
import java.util.Map;
import org.elasticsearch.Build;
import org.elasticsearch.env.Environment;

/**
 * Hands the server plugins that lie on the class path, where it would look for folders of a distribution. It lives in
 * this package because a loaded plugin can only be described from here.
 */
public final class ClassPathPlugins extends PluginsService {
    private final List<LoadedPlugin> loaded;

    public ClassPathPlugins(Environment environment, PluginsLoader loader, List<Plugin> plugins) {
        super(environment.settings(), environment.configDir(), loader);
        loaded = plugins.stream().map(ClassPathPlugins::describe).toList();
        loadExtensions(loaded);
    }

    /** A loader that looks into no folder at all. */
    public static PluginsLoader noFolders() {
        return PluginsLoader.createPluginsLoader(Set.of(), Set.of(), Map.of(), false);
    }

    // the server asks for its plugins while the constructor above still runs: then there are none to tell
    @Override
    protected List<LoadedPlugin> plugins() {
        return loaded == null ? List.of() : loaded;
    }

    private static LoadedPlugin describe(Plugin plugin) {
        Class<?> type = plugin.getClass();
        PluginDescriptor descriptor = new PluginDescriptor(
            type.getSimpleName(), "on the class path of the embedded server", Build.current().version(),
            Build.current().version(), Integer.toString(Runtime.version().feature()), type.getName(), null, List.of(),
            false, false, false, false, PluginDescriptor.DeploymentTarget.ALL);
        return new LoadedPlugin(descriptor, plugin, type.getClassLoader());
    }
}
