package stoa.embedded.analysis;

import static java.util.Map.entry;
import static stoa.embedded.analysis.Spec.optional;
import static stoa.embedded.analysis.Spec.required;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.bg.BulgarianStemFilter;
import org.apache.lucene.analysis.bn.BengaliStemFilter;
import org.apache.lucene.analysis.br.BrazilianStemFilter;
import org.apache.lucene.analysis.ckb.SoraniStemFilter;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.es.SpanishPluralStemFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.gl.GalicianMinimalStemFilter;
import org.apache.lucene.analysis.gl.GalicianStemFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianLightStemFilter;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.lv.LatvianStemFilter;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.no.NorwegianLightStemFilter;
import org.apache.lucene.analysis.no.NorwegianMinimalStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseMinimalStemFilter;
import org.apache.lucene.analysis.pt.PortugueseStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;
import org.apache.lucene.analysis.te.TeluguStemFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Filters that bring words to their stem, and those that keep words from it. */
final class Stemmers {
    /** Stemmers with rules of their own; every other language goes by its snowball rules. */
    private static final Map<String, UnaryOperator<TokenStream>> OWN = Map.ofEntries(
        entry("arabic", ArabicStemFilter::new), entry("bengali", BengaliStemFilter::new),
        entry("brazilian", BrazilianStemFilter::new), entry("bulgarian", BulgarianStemFilter::new),
        entry("czech", CzechStemFilter::new), entry("english", PorterStemFilter::new),
        entry("porter", PorterStemFilter::new), entry("light_english", KStemFilter::new),
        entry("minimal_english", EnglishMinimalStemFilter::new),
        entry("possessive_english", EnglishPossessiveFilter::new),
        entry("light_finnish", FinnishLightStemFilter::new), entry("light_french", FrenchLightStemFilter::new),
        entry("minimal_french", FrenchMinimalStemFilter::new), entry("galician", GalicianStemFilter::new),
        entry("minimal_galician", GalicianMinimalStemFilter::new), entry("light_german", GermanLightStemFilter::new),
        entry("minimal_german", GermanMinimalStemFilter::new), entry("greek", GreekStemFilter::new),
        entry("hindi", HindiStemFilter::new), entry("light_hungarian", HungarianLightStemFilter::new),
        entry("indonesian", IndonesianStemFilter::new), entry("light_italian", ItalianLightStemFilter::new),
        entry("latvian", LatvianStemFilter::new), entry("light_norwegian", NorwegianLightStemFilter::new),
        entry("minimal_norwegian", NorwegianMinimalStemFilter::new), entry("persian", PersianStemFilter::new),
        entry("light_portuguese", PortugueseLightStemFilter::new),
        entry("minimal_portuguese", PortugueseMinimalStemFilter::new),
        entry("portuguese_rslp", PortugueseStemFilter::new), entry("light_russian", RussianLightStemFilter::new),
        entry("sorani", SoraniStemFilter::new), entry("light_spanish", SpanishLightStemFilter::new),
        entry("spanish_plural", SpanishPluralStemFilter::new), entry("light_swedish", SwedishLightStemFilter::new),
        entry("telugu", TeluguStemFilter::new));

    private static final Map<String, String> SNOWBALL_NAMES = Map.of("porter2", "English", "german2", "German");

    private Stemmers() {}

    static void addTo(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("porter_stem", optional(spec -> Factories.filter(spec, PorterStemFilter::new)));
        table.put("kstem", optional(spec -> Factories.filter(spec, KStemFilter::new)));
        table.put("stemmer", optional(spec -> {
            String given = spec.text("language", spec.text("name", "porter"));
            return Factories.filter(spec, stemmer(given.toLowerCase(Locale.ROOT)));
        }));
        table.put("snowball", optional(spec -> Factories.filter(spec, snowball(spec.text("language", "English")))));
        table.put("keyword_marker", required(Stemmers::marker));
        table.put("stemmer_override", required(Stemmers::override));
    }

    private static UnaryOperator<TokenStream> stemmer(String name) {
        UnaryOperator<TokenStream> own = OWN.get(name);
        if (own != null) return own;
        String language = SNOWBALL_NAMES.getOrDefault(name, name);
        return snowball(language.substring(0, 1).toUpperCase(Locale.ROOT) + language.substring(1));
    }

    private static UnaryOperator<TokenStream> snowball(String language) {
        try {
            Class.forName("org.tartarus.snowball.ext." + language + "Stemmer");
        } catch (ClassNotFoundException unknown) {
            throw new IllegalArgumentException("no stemmer is known for the language [" + language + "]");
        }
        return stream -> new SnowballFilter(stream, language);
    }

    private static TokenFilterFactory marker(Spec spec) {
        String pattern = spec.text("keywords_pattern", null);
        if (pattern != null) {
            Pattern compiled = Regex.compile(pattern, null);
            return Factories.filter(spec, stream -> new PatternKeywordMarkerFilter(stream, compiled));
        }
        CharArraySet words = spec.words("keywords", spec.flag("ignore_case", false));
        return Factories.filter(spec, stream -> new SetKeywordMarkerFilter(stream, words));
    }

    /** Rules read {@code word, other => stem}. */
    private static TokenFilterFactory override(Spec spec) {
        StemmerOverrideFilter.Builder rules = new StemmerOverrideFilter.Builder(false);
        for (String rule : spec.list("rules")) {
            String[] sides = rule.split("=>", -1);
            if (sides.length != 2 || sides[1].isBlank() || sides[1].contains(",")) {
                throw new IllegalArgumentException("[" + rule + "] is no rule: write [word, other => stem]");
            }
            for (String word : sides[0].split(",")) rules.add(word.strip(), sides[1].strip());
        }
        try {
            var map = rules.build();
            return Factories.filter(spec, stream -> new StemmerOverrideFilter(stream, map));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
