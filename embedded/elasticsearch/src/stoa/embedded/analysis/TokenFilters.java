package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;
import static stoa.embedded.analysis.Spec.required;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.classic.ClassicFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.KeepWordFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Filters that cut, drop, repeat or join tokens. */
final class TokenFilters {
    private TokenFilters() {}

    static void addTo(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        addShapes(table);
        addLimits(table);
        table.put("word_delimiter_graph", optional(WordDelimiter::factory));
        table.put("flatten_graph", optional(spec -> Factories.filter(spec, FlattenGraphFilter::new)));
        table.put("keyword_repeat", optional(spec -> Factories.filter(spec, KeywordRepeatFilter::new)));
        table.put("apostrophe", optional(spec -> Factories.filter(spec, ApostropheFilter::new)));
        table.put("classic", optional(spec -> Factories.filter(spec, ClassicFilter::new)));
        table.put("elision", optional(spec -> {
            CharArraySet given = Analysis.parseArticles(spec.environment(), spec.settings());
            CharArraySet articles = given == null ? FrenchAnalyzer.DEFAULT_ARTICLES : given;
            return Factories.normalizing(spec, stream -> new ElisionFilter(stream, articles));
        }));
        table.put("pattern_replace", required(spec -> {
            Pattern pattern = Regex.compile(spec.needed("pattern"), spec.text("flags", null));
            String replacement = spec.text("replacement", "");
            boolean all = spec.flag("all", true);
            return Factories.normalizing(
                spec, stream -> new PatternReplaceFilter(stream, pattern, replacement, all));
        }));
    }

    private static void addShapes(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("edge_ngram", optional(TokenFilters::edges));
        table.put("ngram", optional(TokenFilters::grams));
        table.put("cjk_bigram", optional(TokenFilters::bigrams));
        table.put("reverse", optional(spec -> Factories.normalizing(spec, ReverseStringFilter::new)));
        table.put("truncate", optional(spec -> {
            int length = spec.number("length", 10);
            return Factories.filter(spec, stream -> new TruncateTokenFilter(stream, length));
        }));
    }

    private static void addLimits(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("unique", optional(spec -> {
            boolean samePosition = spec.flag("only_on_same_position", false);
            return Factories.filter(spec, stream -> new UniqueFilter(stream, samePosition));
        }));
        table.put("remove_duplicates", optional(spec -> Factories.filter(spec, RemoveDuplicatesTokenFilter::new)));
        table.put("length", optional(spec -> {
            int min = spec.number("min", 0);
            int max = spec.number("max", Integer.MAX_VALUE);
            return Factories.filter(spec, stream -> new LengthFilter(stream, min, max));
        }));
        table.put("limit", optional(spec -> {
            int max = spec.number("max_token_count", 1);
            boolean all = spec.flag("consume_all_tokens", false);
            return Factories.filter(spec, stream -> new LimitTokenCountFilter(stream, max, all));
        }));
        table.put("keep", required(spec -> {
            CharArraySet words = spec.words("keep_words", spec.flag("keep_words_case", false));
            return Factories.filter(spec, stream -> new KeepWordFilter(stream, words));
        }));
    }

    private static TokenFilterFactory edges(Spec spec) {
        int min = spec.number("min_gram", 1);
        int max = spec.number("max_gram", 2);
        boolean original = spec.flag("preserve_original", false);
        return switch (spec.text("side", "front")) {
            case "front" -> Factories.multiplying(
                spec, stream -> new EdgeNGramTokenFilter(stream, min, max, original));
            // the end of a word is the beginning of the word read backwards
            case "back" -> Factories.multiplying(spec, stream -> new ReverseStringFilter(
                new EdgeNGramTokenFilter(new ReverseStringFilter(stream), min, max, original)));
            default -> throw new IllegalArgumentException("[side] must be front or back");
        };
    }

    private static TokenFilterFactory grams(Spec spec) {
        int min = spec.number("min_gram", 1);
        int max = spec.number("max_gram", 2);
        boolean original = spec.flag("preserve_original", false);
        spec.boundGrams(min, max);
        return Factories.multiplying(spec, stream -> new NGramTokenFilter(stream, min, max, original));
    }

    private static TokenFilterFactory bigrams(Spec spec) {
        int scripts = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA
            | CJKBigramFilter.HANGUL;
        for (String ignored : spec.list("ignored_scripts")) scripts &= ~script(ignored);
        int flags = scripts;
        boolean unigrams = spec.flag("output_unigrams", false);
        if (flags == 0) return Factories.filter(spec, (TokenStream stream) -> stream);
        return Factories.multiplying(spec, stream -> new CJKBigramFilter(stream, flags, unigrams));
    }

    private static int script(String name) {
        return switch (name) {
            case "han" -> CJKBigramFilter.HAN;
            case "hiragana" -> CJKBigramFilter.HIRAGANA;
            case "katakana" -> CJKBigramFilter.KATAKANA;
            case "hangul" -> CJKBigramFilter.HANGUL;
            default -> throw new IllegalArgumentException("[" + name + "] is no script: han, hiragana, katakana, hangul");
        };
    }
}
