/**
 * What judges texts in a mall that has learnt nothing yet, and the baseline of whatever is learnt: words that were
 * weighed by hand. It knows insults, calls for violence and contempt for groups, in the demo market's languages; what
 * it is not sure of, it holds for a person.
 */
import { artefactHash, artefactOf } from "../kernel/card";
import { weighedByHand } from "../kernel/text/telling";
import type { ModerationModel } from "./model";

const INSULTS = [
  ...["idiot", "idiots", "moron", "morons", "stupid people", "scum", "bastard", "bastards", "bitch", "bitches"],
  ...["asshole", "assholes", "fuck", "fucking", "fucker", "motherfucker", "shithead", "dickhead", "retard", "retards"],
  ...["cunt", "whore", "slut", "wanker", "piss off", "go to hell", "shut up", "crooks", "liars", "swindlers"],
  ...["arschloch", "arschlöcher", "wichser", "hurensohn", "hure", "schlampe", "drecksau", "drecksack", "vollidiot"],
  ...["idioten", "trottel", "verpiss dich", "halt die fresse", "betrüger", "missgeburt"],
  ...["씨발", "개새끼", "병신", "미친놈", "꺼져", "حقير", "كلب", "غبي", "أغبياء", "اخرس"],
];
const CONTEMPT = [
  ...["subhuman", "subhumans", "vermin", "exterminate them", "gas them", "kill yourself", "kill them all"],
  ...["should be killed", "should be shot", "deserve to die", "go back to", "dirty foreigners", "dirty immigrants"],
  ...["dirty jews", "filthy muslims", "i hate gays", "i hate blacks", "i hate jews", "i hate women", "white power"],
  ...["untermensch", "untermenschen", "ausländer raus", "vergasen", "ungeziefer", "bring dich um", "umbringen sollte"],
  ...["죽어버려", "죽여버려", "اقتلوهم", "يجب قتلهم"],
];

/** One word alone decides, for its vector has length 1. */
const BIAS = -0.5;
const WORDS_MAX = 3;

const insults = new Map(INSULTS.map((term) => [term, 1]));
const contempt = new Map(CONTEMPT.map((term) => [term, 2]));
const all = [...insults.keys(), ...contempt.keys()];
const weighed = (of: ReadonlyMap<string, number>) =>
  weighedByHand(new Map(all.map((term) => [term, of.get(term) ?? 0])), BIAS, WORDS_MAX);

const hate = weighed(contempt);
const offensive = weighed(insults);

export const FIRST_MODERATION: ModerationModel = {
  vocabulary: hate.vocabulary,
  linear: [hate.linear, offensive.linear, { bias: 0, weights: all.map(() => 0) }],
  offsets: [0, 0, 0],
};

export const FIRST_HASH = artefactHash(artefactOf(FIRST_MODERATION));
