package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;
import static stoa.embedded.analysis.Spec.required;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** What is done to characters before they become tokens. */
final class CharFilters {
    private CharFilters() {}

    static void addTo(Map<String, AnalysisProvider<CharFilterFactory>> table) {
        table.put("html_strip", optional(spec -> {
            var kept = java.util.Set.copyOf(spec.list("escaped_tags"));
            return Factories.characters(spec, reader -> new HTMLStripCharFilter(reader, kept));
        }));
        table.put("mapping", required(spec -> {
            NormalizeCharMap map = parse(spec);
            return Factories.normalizingCharacters(spec, reader -> new MappingCharFilter(map, reader));
        }));
        table.put("pattern_replace", required(spec -> {
            Pattern pattern = Regex.compile(spec.needed("pattern"), spec.text("flags", null));
            String replacement = spec.text("replacement", "");
            return Factories.normalizingCharacters(
                spec, reader -> new PatternReplaceCharFilter(pattern, replacement, reader));
        }));
    }

    /** Rules read {@code from => to}; spaces around both sides do not count. */
    private static NormalizeCharMap parse(Spec spec) {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String rule : spec.list("mappings")) {
            int arrow = rule.lastIndexOf("=>");
            if (arrow < 1) throw new IllegalArgumentException("[" + rule + "] is no mapping: write [from => to]");
            map.add(unescape(rule.substring(0, arrow).strip()), unescape(rule.substring(arrow + 2).strip()));
        }
        return map.build();
    }

    private static String unescape(String text) {
        return text.indexOf('\\') < 0 ? text : text.translateEscapes();
    }
}
