package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.LetterTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.path.PathHierarchyTokenizer;
import org.apache.lucene.analysis.path.ReversePathHierarchyTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.th.ThaiTokenizer;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** What cuts text into tokens. */
final class Tokenizers {
    private static final int TOKEN_LENGTH_MAX = 255;

    private Tokenizers() {}

    static void addTo(Map<String, AnalysisProvider<TokenizerFactory>> table) {
        table.put("keyword", optional(spec -> {
            int buffer = spec.number("buffer_size", KeywordTokenizer.DEFAULT_BUFFER_SIZE);
            return Factories.tokenizer(spec, () -> new KeywordTokenizer(buffer));
        }));
        table.put("whitespace", optional(spec -> {
            int max = spec.number("max_token_length", TOKEN_LENGTH_MAX);
            return Factories.tokenizer(spec, () -> new WhitespaceTokenizer(max));
        }));
        table.put("letter", optional(spec -> Factories.tokenizer(spec, LetterTokenizer::new)));
        table.put("thai", optional(spec -> Factories.tokenizer(spec, ThaiTokenizer::new)));
        table.put("uax_url_email", optional(spec -> {
            int max = spec.number("max_token_length", TOKEN_LENGTH_MAX);
            return Factories.tokenizer(spec, () -> {
                UAX29URLEmailTokenizer tokenizer = new UAX29URLEmailTokenizer();
                tokenizer.setMaxTokenLength(max);
                return tokenizer;
            });
        }));
        table.put("pattern", optional(spec -> {
            Pattern pattern = Regex.compile(spec.text("pattern", "\\W+"), spec.text("flags", null));
            int group = spec.number("group", -1);
            return Factories.tokenizer(spec, () -> new PatternTokenizer(pattern, group));
        }));
        table.put("path_hierarchy", optional(Tokenizers::paths));
        table.put("edge_ngram", optional(spec -> grams(spec, true)));
        table.put("ngram", optional(spec -> grams(spec, false)));
    }

    private static TokenizerFactory paths(Spec spec) {
        char delimiter = spec.character("delimiter", '/');
        char replacement = spec.character("replacement", delimiter);
        int skip = spec.number("skip", 0);
        return Factories.tokenizer(spec, () -> spec.flag("reverse", false)
            ? new ReversePathHierarchyTokenizer(delimiter, replacement, skip)
            : new PathHierarchyTokenizer(delimiter, replacement, skip));
    }

    private static TokenizerFactory grams(Spec spec, boolean edge) {
        int min = spec.number("min_gram", 1);
        int max = spec.number("max_gram", 2);
        if (!edge) spec.boundGrams(min, max);
        List<String> classes = spec.list("token_chars");
        String custom = spec.text("custom_token_chars", "");
        IntPredicate kept = classes.isEmpty() ? any -> true
            : classes.stream().map(name -> characterClass(name, custom)).reduce(IntPredicate::or).orElseThrow();
        return Factories.tokenizer(spec, () -> gramTokenizer(edge, min, max, kept));
    }

    private static Tokenizer gramTokenizer(boolean edge, int min, int max, IntPredicate kept) {
        if (edge) {
            return new EdgeNGramTokenizer(min, max) {
                @Override
                protected boolean isTokenChar(int character) {
                    return kept.test(character);
                }
            };
        }
        return new NGramTokenizer(min, max) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        };
    }

    private static IntPredicate characterClass(String name, String custom) {
        return switch (name) {
            case "letter" -> Character::isLetter;
            case "digit" -> Character::isDigit;
            case "whitespace" -> Character::isWhitespace;
            case "punctuation" -> Tokenizers::isPunctuation;
            case "symbol" -> Tokenizers::isSymbol;
            case "custom" -> character -> custom.indexOf(character) >= 0;
            default -> throw new IllegalArgumentException("Unknown token type: '" + name
                + "', must be one of [letter, digit, whitespace, punctuation, symbol, custom]");
        };
    }

    private static boolean isPunctuation(int character) {
        return switch (Character.getType(character)) {
            case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION,
                Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int character) {
        return switch (Character.getType(character)) {
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }
}
