package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.bn.BengaliNormalizationFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.ScandinavianFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.ScandinavianNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.sr.SerbianNormalizationFilter;
import org.apache.lucene.analysis.te.TeluguNormalizationFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Filters that change characters and nothing else, so that they may stand in a normalizer. */
final class NormalizingFilters {
    private NormalizingFilters() {}

    static void addTo(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("lowercase", optional(spec -> Factories.normalizing(spec, lowerCase(spec.text("language", null)))));
        table.put("asciifolding", optional(NormalizingFilters::folding));
        plain(table, "uppercase", UpperCaseFilter::new);
        plain(table, "trim", TrimFilter::new);
        plain(table, "decimal_digit", DecimalDigitFilter::new);
        plain(table, "cjk_width", CJKWidthFilter::new);
        plain(table, "arabic_normalization", ArabicNormalizationFilter::new);
        plain(table, "bengali_normalization", BengaliNormalizationFilter::new);
        plain(table, "german_normalization", GermanNormalizationFilter::new);
        plain(table, "hindi_normalization", HindiNormalizationFilter::new);
        plain(table, "indic_normalization", IndicNormalizationFilter::new);
        plain(table, "persian_normalization", PersianNormalizationFilter::new);
        plain(table, "scandinavian_folding", ScandinavianFoldingFilter::new);
        plain(table, "scandinavian_normalization", ScandinavianNormalizationFilter::new);
        plain(table, "serbian_normalization", SerbianNormalizationFilter::new);
        plain(table, "sorani_normalization", SoraniNormalizationFilter::new);
        plain(table, "telugu_normalization", TeluguNormalizationFilter::new);
    }

    private static void plain(
        Map<String, AnalysisProvider<TokenFilterFactory>> table, String name, UnaryOperator<TokenStream> wrap) {
        table.put(name, optional(spec -> Factories.normalizing(spec, wrap)));
    }

    private static UnaryOperator<TokenStream> lowerCase(String language) {
        return switch (language) {
            case null -> LowerCaseFilter::new;
            case "greek" -> GreekLowerCaseFilter::new;
            case "irish" -> IrishLowerCaseFilter::new;
            case "turkish" -> TurkishLowerCaseFilter::new;
            default -> throw new IllegalArgumentException("[language] must be greek, irish or turkish");
        };
    }

    /** Where the original is kept beside the folded form, synonyms and normal forms still know the folded one only. */
    private static TokenFilterFactory folding(Spec spec) {
        TokenFilterFactory folded = Factories.normalizing(spec, ASCIIFoldingFilter::new);
        if (!spec.flag("preserve_original", false)) return folded;
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return spec.name();
            }

            @Override
            public TokenStream create(TokenStream stream) {
                return new ASCIIFoldingFilter(stream, true);
            }

            @Override
            public TokenStream normalize(TokenStream stream) {
                return folded.create(stream);
            }

            @Override
            public TokenFilterFactory getSynonymFilter() {
                return folded;
            }
        };
    }
}
