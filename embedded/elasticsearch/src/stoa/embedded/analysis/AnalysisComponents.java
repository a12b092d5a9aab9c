package stoa.embedded.analysis;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredTokenizer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * Offers text analysis under the distribution's names and settings, so that the settings of an index mean the same here
 * and on a real cluster. Only the shapes differ: there a module per language, here one table per kind.
 */
public final class AnalysisComponents extends Plugin implements AnalysisPlugin {
    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        Map<String, AnalysisProvider<CharFilterFactory>> table = new TreeMap<>();
        CharFilters.addTo(table);
        Japanese.addCharFilters(table);
        return table;
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> table = new TreeMap<>();
        TokenFilters.addTo(table);
        NormalizingFilters.addTo(table);
        Stemmers.addTo(table);
        Synonyms.addTo(table);
        Korean.addFilters(table);
        Japanese.addFilters(table);
        return table;
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        Map<String, AnalysisProvider<TokenizerFactory>> table = new TreeMap<>();
        Tokenizers.addTo(table);
        Korean.addTokenizers(table);
        Japanese.addTokenizers(table);
        return table;
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> table = new TreeMap<>();
        Analyzers.addTo(table);
        Korean.addAnalyzers(table);
        Japanese.addAnalyzers(table);
        return table;
    }

    // normalizers are built over a tokenizer of this name that is there before any index is
    @Override
    public List<PreConfiguredTokenizer> getPreConfiguredTokenizers() {
        return List.of(PreConfiguredTokenizer.singleton("keyword", KeywordTokenizer::new));
    }
}
