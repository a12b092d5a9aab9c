package stoa.embedded.analysis;

import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_ALL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_NUMBERS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_WORDS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.IGNORE_KEYWORDS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** Splits compound names such as {@code Wi-Fi} and {@code PowerShot500} into their parts. */
final class WordDelimiter {
    private record Flag(String key, int bit, boolean otherwise) {}

    private static final Flag[] FLAGS = {
        new Flag("generate_word_parts", GENERATE_WORD_PARTS, true),
        new Flag("generate_number_parts", GENERATE_NUMBER_PARTS, true),
        new Flag("catenate_words", CATENATE_WORDS, false),
        new Flag("catenate_numbers", CATENATE_NUMBERS, false),
        new Flag("catenate_all", CATENATE_ALL, false),
        new Flag("split_on_case_change", SPLIT_ON_CASE_CHANGE, true),
        new Flag("preserve_original", PRESERVE_ORIGINAL, false),
        new Flag("split_on_numerics", SPLIT_ON_NUMERICS, true),
        new Flag("stem_english_possessive", STEM_ENGLISH_POSSESSIVE, true),
        new Flag("ignore_keywords", IGNORE_KEYWORDS, false),
    };

    private WordDelimiter() {}

    static TokenFilterFactory factory(Spec spec) {
        int flags = 0;
        for (Flag flag : FLAGS) if (spec.flag(flag.key(), flag.otherwise())) flags |= flag.bit();
        int chosen = flags;
        boolean adjust = spec.flag("adjust_offsets", true);
        CharArraySet whole = spec.list("protected_words").isEmpty() ? null : spec.words("protected_words", false);
        return Factories.multiplying(spec, stream -> new WordDelimiterGraphFilter(
            stream, adjust, WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE, chosen, whole));
    }
}
