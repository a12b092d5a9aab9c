package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.optional;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.StopAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Whole analyzers: the plain ones, and one per language with its stop words and stems. */
final class Analyzers {
    private final Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table;

    private Analyzers(Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table) {
        this.table = table;
    }

    static void addTo(Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table) {
        Analyzers analyzers = new Analyzers(table);
        analyzers.addPlain();
        analyzers.addEuropean();
        analyzers.addNorthern();
        analyzers.addEastern();
    }

    private void addPlain() {
        table.put("simple", optional(spec -> Factories.analyzer(spec, new SimpleAnalyzer())));
        table.put("keyword", optional(spec -> Factories.analyzer(spec, new KeywordAnalyzer())));
        table.put("whitespace", optional(spec -> Factories.analyzer(spec, new WhitespaceAnalyzer())));
        stopping("stop", EnglishAnalyzer.getDefaultStopSet(), StopAnalyzer::new);
    }

    private void addEuropean() {
        stemming("basque", BasqueAnalyzer.getDefaultStopSet(), BasqueAnalyzer::new);
        stemming("brazilian", BrazilianAnalyzer.getDefaultStopSet(), BrazilianAnalyzer::new);
        stemming("bulgarian", BulgarianAnalyzer.getDefaultStopSet(), BulgarianAnalyzer::new);
        stemming("catalan", CatalanAnalyzer.getDefaultStopSet(), CatalanAnalyzer::new);
        stemming("czech", CzechAnalyzer.getDefaultStopSet(), CzechAnalyzer::new);
        stemming("dutch", DutchAnalyzer.getDefaultStopSet(), DutchAnalyzer::new);
        stemming("english", EnglishAnalyzer.getDefaultStopSet(), EnglishAnalyzer::new);
        stemming("french", FrenchAnalyzer.getDefaultStopSet(), FrenchAnalyzer::new);
        stemming("galician", GalicianAnalyzer.getDefaultStopSet(), GalicianAnalyzer::new);
        stemming("german", GermanAnalyzer.getDefaultStopSet(), GermanAnalyzer::new);
        stopping("greek", GreekAnalyzer.getDefaultStopSet(), GreekAnalyzer::new);
        stemming("hungarian", HungarianAnalyzer.getDefaultStopSet(), HungarianAnalyzer::new);
        stemming("irish", IrishAnalyzer.getDefaultStopSet(), IrishAnalyzer::new);
        stemming("italian", ItalianAnalyzer.getDefaultStopSet(), ItalianAnalyzer::new);
        stemming("portuguese", PortugueseAnalyzer.getDefaultStopSet(), PortugueseAnalyzer::new);
        stemming("romanian", RomanianAnalyzer.getDefaultStopSet(), RomanianAnalyzer::new);
        stemming("russian", RussianAnalyzer.getDefaultStopSet(), RussianAnalyzer::new);
        stemming("serbian", SerbianAnalyzer.getDefaultStopSet(), SerbianAnalyzer::new);
        stemming("spanish", SpanishAnalyzer.getDefaultStopSet(), SpanishAnalyzer::new);
    }

    private void addNorthern() {
        stemming("danish", DanishAnalyzer.getDefaultStopSet(), DanishAnalyzer::new);
        stemming("estonian", EstonianAnalyzer.getDefaultStopSet(), EstonianAnalyzer::new);
        stemming("finnish", FinnishAnalyzer.getDefaultStopSet(), FinnishAnalyzer::new);
        stemming("latvian", LatvianAnalyzer.getDefaultStopSet(), LatvianAnalyzer::new);
        stemming("lithuanian", LithuanianAnalyzer.getDefaultStopSet(), LithuanianAnalyzer::new);
        stemming("norwegian", NorwegianAnalyzer.getDefaultStopSet(), NorwegianAnalyzer::new);
        stemming("swedish", SwedishAnalyzer.getDefaultStopSet(), SwedishAnalyzer::new);
    }

    private void addEastern() {
        stemming("arabic", ArabicAnalyzer.getDefaultStopSet(), ArabicAnalyzer::new);
        stemming("armenian", ArmenianAnalyzer.getDefaultStopSet(), ArmenianAnalyzer::new);
        stemming("bengali", BengaliAnalyzer.getDefaultStopSet(), BengaliAnalyzer::new);
        stopping("cjk", CJKAnalyzer.getDefaultStopSet(), CJKAnalyzer::new);
        stemming("hindi", HindiAnalyzer.getDefaultStopSet(), HindiAnalyzer::new);
        stemming("indonesian", IndonesianAnalyzer.getDefaultStopSet(), IndonesianAnalyzer::new);
        stopping("persian", PersianAnalyzer.getDefaultStopSet(), PersianAnalyzer::new);
        stemming("sorani", SoraniAnalyzer.getDefaultStopSet(), SoraniAnalyzer::new);
        stopping("thai", ThaiAnalyzer.getDefaultStopSet(), ThaiAnalyzer::new);
        stemming("turkish", TurkishAnalyzer.getDefaultStopSet(), TurkishAnalyzer::new);
    }

    private void stemming(String name, CharArraySet stop, BiFunction<CharArraySet, CharArraySet, Analyzer> make) {
        table.put(name, optional(spec -> Factories.analyzer(spec, make.apply(
            spec.stopWords(stop), Analysis.parseStemExclusion(spec.settings(), CharArraySet.EMPTY_SET)))));
    }

    private void stopping(String name, CharArraySet stop, Function<CharArraySet, Analyzer> make) {
        table.put(name, optional(spec -> Factories.analyzer(spec, make.apply(spec.stopWords(stop)))));
    }
}
