package stoa.embedded.analysis;

import static stoa.embedded.analysis.Spec.required;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.synonym.WordnetSynonymParser;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/**
 * Synonyms that stand in the settings themselves. Rules are read through what comes before the filter in its analyzer,
 * so that "TV" in a rule matches the "tv" which that chain makes of the text.
 */
final class Synonyms implements TokenFilterFactory {
    private final Spec spec;
    private final boolean graph;

    private Synonyms(Spec spec, boolean graph) {
        this.spec = spec;
        this.graph = graph;
        if (spec.settings().get("synonyms_path") != null || spec.settings().get("synonyms_set") != null) {
            throw new IllegalArgumentException("[" + spec.name() + "] takes its rules inline, from [synonyms]");
        }
    }

    static void addTo(Map<String, AnalysisProvider<TokenFilterFactory>> table) {
        table.put("synonym", required(spec -> new Synonyms(spec, false)));
        table.put("synonym_graph", required(spec -> new Synonyms(spec, true)));
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public TokenStream create(TokenStream stream) {
        throw new IllegalStateException("[" + spec.name() + "] works only as a part of an analyzer");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context, TokenizerFactory tokenizer, List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> before, Function<String, TokenFilterFactory> others) {
        TokenFilterFactory[] chain = before.stream().map(TokenFilterFactory::getSynonymFilter)
            .toArray(TokenFilterFactory[]::new);
        try (Analyzer reader = new CustomAnalyzer(tokenizer, charFilters.toArray(CharFilterFactory[]::new), chain)) {
            SynonymMap rules = parse(reader);
            return Factories.filter(spec, stream -> wrap(stream, rules));
        }
    }

    private TokenStream wrap(TokenStream stream, SynonymMap rules) {
        if (rules.fst == null) return stream;
        return graph ? new SynonymGraphFilter(stream, rules, false) : new SynonymFilter(stream, rules, false);
    }

    private SynonymMap parse(Analyzer reader) {
        boolean expand = spec.flag("expand", true);
        boolean wordnet = "wordnet".equals(spec.text("format", "solr"));
        SynonymMap.Parser parser = wordnet
            ? new WordnetSynonymParser(true, expand, reader)
            : new SolrSynonymParser(true, expand, reader);
        try {
            for (String rule : spec.list("synonyms")) parseRule(parser, rule);
            return parser.build();
        } catch (IOException | ParseException fault) {
            throw new IllegalArgumentException("failed to build synonyms of [" + spec.name() + "]", fault);
        }
    }

    private void parseRule(SynonymMap.Parser parser, String rule) throws IOException, ParseException {
        try {
            parser.parse(new StringReader(rule));
        } catch (IllegalArgumentException | ParseException fault) {
            if (!spec.flag("lenient", false)) throw fault;
        }
    }
}
