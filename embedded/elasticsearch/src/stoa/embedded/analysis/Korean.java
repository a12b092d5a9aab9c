package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;

import java.io.IOException;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.ko.KoreanNumberFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanReadingFormFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Korean words, under the names of the distribution's nori plugin. The dictionary is read at first use. */
final class Korean {
    private Korean() {}

    static void addTokenizers(Map<String, AnalysisProvider<TokenizerFactory>> table) {
        table.put("nori_tokenizer", optional(spec -> {
            UserDictionary own = dictionary(spec);
            KoreanTokenizer.DecompoundMode mode = mode(spec);
            boolean punctuation = spec.flag("discard_punctuation", true);
            return Factories.tokenizer(spec, () -> new KoreanTokenizer(
                TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, own, mode, false, punctuation));
        }));
    }

    static void addFilters(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("nori_part_of_speech", optional(spec -> {
            Set<POS.Tag> stop = stopTags(spec);
            return Factories.filter(spec, stream -> new KoreanPartOfSpeechStopFilter(stream, stop));
        }));
        table.put("nori_readingform", optional(spec -> Factories.filter(spec, KoreanReadingFormFilter::new)));
        table.put("nori_number", optional(spec -> Factories.filter(spec, KoreanNumberFilter::new)));
    }

    static void addAnalyzers(Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table) {
        table.put("nori", optional(spec -> Factories.analyzer(
            spec, new KoreanAnalyzer(dictionary(spec), mode(spec), stopTags(spec), false))));
    }

    private static KoreanTokenizer.DecompoundMode mode(Spec spec) {
        return KoreanTokenizer.DecompoundMode.valueOf(spec.text("decompound_mode", "discard").toUpperCase(Locale.ROOT));
    }

    private static Set<POS.Tag> stopTags(Spec spec) {
        if (!spec.settings().hasValue("stoptags")) return KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS;
        Set<POS.Tag> tags = EnumSet.noneOf(POS.Tag.class);
        for (String tag : spec.list("stoptags")) tags.add(POS.resolveTag(tag));
        return tags;
    }

    private static UserDictionary dictionary(Spec spec) {
        List<String> rules = spec.list("user_dictionary_rules");
        if (rules.isEmpty()) return null;
        try {
            return UserDictionary.open(new StringReader(String.join("\n", rules)));
        } catch (IOException fault) {
            throw new IllegalArgumentException("failed to read the words of [" + spec.name() + "]", fault);
        }
    }
}
