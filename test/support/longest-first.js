// Which spec comes first: the kinds whose specs take longest, so that none of them is left alone at the end of a run.
// A fresh clone knows no times of earlier runs; the kind says enough.
const Sequencer = require("@jest/test-sequencer").default;

const KINDS = ["system", "integration", "contract", "architecture", "unit"];

const rankOf = ({ context }) => KINDS.indexOf(context.config.displayName?.name ?? "");

class LongestFirst extends Sequencer {
  sort(tests) {
    // within a kind as jest has it: by earlier times where it knows them, else by size
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
}

module.exports = LongestFirst;
