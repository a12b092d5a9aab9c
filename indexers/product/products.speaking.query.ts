/** Whether a ranking rule speaks on a search: by the question, and by where the search is made. Pure. */
import type { RuleWhen } from "../../models/merchandising/merchandising.rule.contract";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { CategoryTree } from "../category/categories.tree.query";
import { wordsIn } from "./products.typed.query";

/** A question without what rules do not look at: capitals, accents, signs, blanks. */
export const wordsAs = (q: string): string => wordsIn(q).join(" ");

const isOne = (queries: readonly string[], question: string): boolean => queries.some((q) => wordsAs(q) === question);

function holds(words: readonly string[], question: string): boolean {
  const asked = new Set(question.split(" "));
  return words.some((phrase) => wordsIn(phrase).every((word) => asked.has(word)));
}

/** At the rule's category, or below it: in the tree, or by the path of an import. */
function isWithin(asked: string, rule: string, tree: CategoryTree): boolean {
  if (asked === rule || asked.startsWith(`${rule}/`)) return true;
  const [place, top] = [tree.find(asked), tree.find(rule)];
  return place !== undefined && top !== undefined && tree.path(place.id).some(({ id }) => id === top.id);
}

function fitsQuestion({ queries, words }: RuleWhen, { q = "" }: SearchProducts): boolean {
  if (queries === undefined && words === undefined) return true;
  const question = wordsAs(q);
  return question !== "" && (isOne(queries ?? [], question) || holds(words ?? [], question));
}

function fitsCategory({ categories }: RuleWhen, { category = [] }: SearchProducts, tree: CategoryTree): boolean {
  return categories === undefined || category.some((asked) => categories.some((one) => isWithin(asked, one, tree)));
}

const fitsCollection = ({ collections }: RuleWhen, { collection = "" }: SearchProducts): boolean =>
  collections === undefined || collections.includes(collection);

export const speaksOn = (when: RuleWhen = {}, params: SearchProducts, tree: CategoryTree): boolean =>
  fitsQuestion(when, params) && fitsCategory(when, params, tree) && fitsCollection(when, params);
