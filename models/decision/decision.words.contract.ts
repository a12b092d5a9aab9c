/** A decision in words: what came out, and what spoke for and against it most. Pure. */
import type { OwnText } from "../kernel/text";
import type { Contribution, DecidedBy, Taken } from "./decision.data.contract";

const TOLD = 3;

type Language = keyof OwnText;

interface Said {
  readonly model: string;
  readonly version: number;
  readonly score: string;
  readonly verdict: string | undefined;
  /** What speaks for it and against it. */
  readonly pro: string | null;
  readonly contra: string | null;
  readonly together: string;
}

interface Sentences {
  readonly outcome: (said: Said) => string;
  readonly parts: (pro: string, contra: string) => string;
  readonly nothing: string;
  readonly together: (said: Said) => string;
}

const rounded = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toPrecision(3)}`;
const named = ({ name, value }: Contribution): string => `${name.replaceAll("_", " ")} (${rounded(value)})`;

/** The strongest of one sign, strongest first; null where there is none. */
function strongest(parts: readonly Contribution[], sign: 1 | -1): string | null {
  const found = parts.filter(({ name, value }) => name !== "bias" && value * sign > 0);
  const [first, ...others] = found.sort((a, b) => (b.value - a.value) * sign).slice(0, TOLD);
  return first === undefined ? null : [first, ...others].map(named).join(", ");
}

const SENTENCES: Readonly<Record<Language, Sentences>> = {
  en: {
    outcome: ({ model, version, score, verdict }) =>
      `The model ${model}, version ${version}, came to a score of ${score}` +
      `${verdict === undefined ? "" : ` and to "${verdict}"`}.`,
    parts: (pro, contra) => `For it spoke ${pro}; against it ${contra}.`,
    nothing: "nothing",
    together: ({ together }) => `How they act together adds ${together}.`,
  },
  de: {
    outcome: ({ model, version, score, verdict }) =>
      `Das Modell ${model}, Version ${version}, kam auf einen Wert von ${score}` +
      `${verdict === undefined ? "" : ` und auf „${verdict}“`}.`,
    parts: (pro, contra) => `Dafür sprach ${pro}; dagegen ${contra}.`,
    nothing: "nichts",
    together: ({ together }) => `Wie sie zusammenwirken, macht ${together} aus.`,
  },
  ko: {
    outcome: ({ model, version, score, verdict }) =>
      `모델 ${model}(버전 ${version})의 점수는 ${score}` +
      `${verdict === undefined ? "" : `, 결정은 "${verdict}"`}입니다.`,
    parts: (pro, contra) => `높인 요인: ${pro}. 낮춘 요인: ${contra}.`,
    nothing: "없음",
    together: ({ together }) => `요인들이 함께 작용한 몫은 ${together}입니다.`,
  },
  ar: {
    outcome: ({ model, version, score, verdict }) =>
      `توصّل النموذج ${model}، الإصدار ${version}، إلى درجة ${score}` +
      `${verdict === undefined ? "" : ` وإلى «${verdict}»`}.`,
    parts: (pro, contra) => `ما رفعها: ${pro}؛ وما خفضها: ${contra}.`,
    nothing: "لا شيء",
    together: ({ together }) => `ويضيف تفاعلها معًا ${together}.`,
  },
};

function inLanguage(language: Language, said: Said, { reasons = [], residual }: Taken): string {
  const { outcome, parts, nothing, together } = SENTENCES[language];
  // what is older than the other languages was told in English alone
  const because = reasons.map(({ text }) => text[language] ?? text["en"] ?? "");
  return [
    outcome(said),
    ...because.filter((text) => text !== ""),
    parts(said.pro ?? nothing, said.contra ?? nothing),
    ...(Math.abs(residual) > 0.005 ? [together(said)] : []),
  ].join(" ");
}

export function explained({ name, version }: DecidedBy, taken: Taken): OwnText {
  const { score, contributions, residual, verdict } = taken;
  const said: Said = {
    ...{ model: name, version, score: score.toPrecision(4), verdict, together: rounded(residual) },
    ...{ pro: strongest(contributions, 1), contra: strongest(contributions, -1) },
  };
  const tell = (language: Language): string => inLanguage(language, said, taken);
  return { en: tell("en"), de: tell("de"), ko: tell("ko"), ar: tell("ar") };
}

/** How far contributions and residual are from the score they must sum to, beyond what rounding explains. */
export function unexplained({ contributions, residual, score }: Taken): number {
  const sum = contributions.reduce((all, { value }) => all + value, residual);
  const size = contributions.reduce((all, { value }) => all + Math.abs(value), Math.abs(score) + 1);
  const gap = Math.abs(sum - score);
  return gap <= 1e-9 * size ? 0 : gap;
}
