package stoa.embedded.analysis;

import java.io.Reader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** Turns plain functions over token streams into the server's factories. */
final class Factories {
    private Factories() {}

    static TokenFilterFactory filter(Spec spec, UnaryOperator<TokenStream> wrap) {
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public TokenStream create(TokenStream stream) {
                return wrap.apply(stream);
            }
        };
    }

    /** A filter that changes characters but no bounds: it may stand in a normalizer and applies to wildcards too. */
    static TokenFilterFactory normalizing(Spec spec, UnaryOperator<TokenStream> wrap) {
        return new NormalizingTokenFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public TokenStream create(TokenStream stream) {
                return wrap.apply(stream);
            }
        };
    }

    /** A filter that makes several tokens of one: synonyms may not be parsed with it. */
    static TokenFilterFactory multiplying(Spec spec, UnaryOperator<TokenStream> wrap) {
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public TokenStream create(TokenStream stream) {
                return wrap.apply(stream);
            }

            @Override
            public TokenFilterFactory getSynonymFilter() {
                throw new IllegalArgumentException(
                    "Token filter [" + spec.name() + "] cannot be used to parse synonyms");
            }
        };
    }

    static TokenizerFactory tokenizer(Spec spec, Supplier<Tokenizer> make) {
        return TokenizerFactory.newFactory(spec.name(), make);
    }

    static CharFilterFactory characters(Spec spec, UnaryOperator<Reader> wrap) {
        return new CharFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public Reader create(Reader reader) {
                return wrap.apply(reader);
            }
        };
    }

    static CharFilterFactory normalizingCharacters(Spec spec, UnaryOperator<Reader> wrap) {
        return new NormalizingCharFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public Reader create(Reader reader) {
                return wrap.apply(reader);
            }
        };
    }

    static AnalyzerProvider<Analyzer> analyzer(Spec spec, Analyzer analyzer) {
        return new AbstractIndexAnalyzerProvider<>(spec.name()) {
            @Override
            public Analyzer get() {
                return analyzer;
            }
        };
    }
}
