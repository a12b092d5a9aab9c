package stoa.embedded.analysis;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/**
 * What a component is made from: its name, its own settings, and those of its index (null where text is analysed
 * outside of an index).
 */
record Spec(String name, Settings settings, IndexSettings index, Environment environment) {
    interface Maker<T> {
        T make(Spec spec);
    }

    static <T> AnalysisProvider<T> optional(Maker<T> maker) {
        return (index, environment, name, settings) ->
            maker.make(new Spec(name, settings == null ? Settings.EMPTY : settings, index, environment));
    }

    /** For a component that means nothing without settings: it is not offered by its bare name. */
    static <T> AnalysisProvider<T> required(Maker<T> maker) {
        return org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings(optional(maker));
    }

    String text(String key, String otherwise) {
        return settings.get(key, otherwise);
    }

    int number(String key, int otherwise) {
        return settings.getAsInt(key, otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return settings.getAsBoolean(key, otherwise);
    }

    List<String> list(String key) {
        return settings.getAsList(key);
    }

    CharArraySet words(String key, boolean ignoreCase) {
        return new CharArraySet(list(key), ignoreCase);
    }

    CharArraySet stopWords(CharArraySet otherwise) {
        return Analysis.parseStopWords(environment, settings, otherwise);
    }

    String needed(String key) {
        String value = settings.get(key);
        if (value == null) throw new IllegalArgumentException("[" + name + "] needs the setting [" + key + "]");
        return value;
    }

    char character(String key, char otherwise) {
        String value = settings.get(key);
        if (value == null) return otherwise;
        if (value.length() != 1) throw new IllegalArgumentException("[" + key + "] must be one character");
        return value.charAt(0);
    }

    /** Grams of all lengths between two bounds multiply the index, so an index says how far apart they may be. */
    void boundGrams(int min, int max) {
        if (index != null && max - min > index.getMaxNgramDiff()) {
            throw new IllegalArgumentException("the difference between max_gram and min_gram in [" + name
                + "] must be at most [" + index.getMaxNgramDiff() + "] but was [" + (max - min)
                + "]; the index setting [index.max_ngram_diff] raises it");
        }
    }
}
