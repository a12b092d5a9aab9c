package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseIterationMarkCharFilter;
import org.apache.lucene.analysis.ja.JapaneseKatakanaStemFilter;
import org.apache.lucene.analysis.ja.JapaneseNumberFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseReadingFormFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.dict.UserDictionary;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Japanese words, under the names of the distribution's kuromoji plugin. The dictionary is read at first use. */
final class Japanese {
    private Japanese() {}

    static void addCharFilters(Map<String, AnalysisProvider<CharFilterFactory>> table) {
        table.put("kuromoji_iteration_mark", optional(spec -> {
            boolean kanji = spec.flag("normalize_kanji", JapaneseIterationMarkCharFilter.NORMALIZE_KANJI_DEFAULT);
            boolean kana = spec.flag("normalize_kana", JapaneseIterationMarkCharFilter.NORMALIZE_KANA_DEFAULT);
            return Factories.normalizingCharacters(
                spec, reader -> new JapaneseIterationMarkCharFilter(reader, kanji, kana));
        }));
    }

    static void addTokenizers(Map<String, AnalysisProvider<TokenizerFactory>> table) {
        table.put("kuromoji_tokenizer", optional(spec -> {
            UserDictionary own = dictionary(spec);
            JapaneseTokenizer.Mode mode = mode(spec);
            boolean punctuation = spec.flag("discard_punctuation", true);
            boolean compounds = spec.flag("discard_compound_token", true);
            return Factories.tokenizer(spec, () -> new JapaneseTokenizer(own, punctuation, compounds, mode));
        }));
    }

    static void addFilters(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("kuromoji_baseform", optional(spec -> Factories.filter(spec, JapaneseBaseFormFilter::new)));
        table.put("kuromoji_number", optional(spec -> Factories.filter(spec, JapaneseNumberFilter::new)));
        table.put("kuromoji_readingform", optional(spec -> {
            boolean romaji = spec.flag("use_romaji", false);
            return Factories.filter(spec, stream -> new JapaneseReadingFormFilter(stream, romaji));
        }));
        table.put("kuromoji_stemmer", optional(spec -> {
            int shortest = spec.number("minimum_length", JapaneseKatakanaStemFilter.DEFAULT_MINIMUM_LENGTH);
            return Factories.filter(spec, stream -> new JapaneseKatakanaStemFilter(stream, shortest));
        }));
        table.put("kuromoji_part_of_speech", optional(spec -> {
            Set<String> stop = spec.settings().hasValue("stoptags")
                ? Set.copyOf(spec.list("stoptags")) : JapaneseAnalyzer.getDefaultStopTags();
            return Factories.filter(spec, stream -> new JapanesePartOfSpeechStopFilter(stream, stop));
        }));
        table.put("ja_stop", optional(spec -> {
            CharArraySet stop = stopWords(spec);
            return Factories.filter(spec, stream -> new StopFilter(stream, stop));
        }));
    }

    static void addAnalyzers(Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table) {
        table.put("kuromoji", optional(spec -> Factories.analyzer(spec, new JapaneseAnalyzer(
            dictionary(spec), mode(spec), stopWords(spec), JapaneseAnalyzer.getDefaultStopTags()))));
    }

    private static JapaneseTokenizer.Mode mode(Spec spec) {
        return JapaneseTokenizer.Mode.valueOf(spec.text("mode", "search").toUpperCase(Locale.ROOT));
    }

    private static CharArraySet stopWords(Spec spec) {
        CharArraySet usual = JapaneseAnalyzer.getDefaultStopSet();
        return Analysis.parseWords(spec.environment(), spec.settings(), "stopwords", usual,
            Map.of("_japanese_", usual), spec.flag("ignore_case", false));
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
