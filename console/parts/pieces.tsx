/** The small pieces that all pages are made of. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { HERE, type Problem } from "../client/problem";
import { t, told } from "../words/words";
import { Icon, type IconName } from "./icon";

interface TitleProps {
  readonly children: string;
  /** What stands small above it. */
  readonly over?: ComponentChildren;
  /** Buttons beside it. */
  readonly aside?: ComponentChildren;
}

/** The page's heading: names the window, and takes the focus when somebody comes from another page. */
export function Title({ children, over, aside }: TitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – Stoa`;
  }, [children]);
  useEffect(() => {
    // at the very first page nothing had the focus, and the page begins at its top
    if (window.history.state !== null || document.body.dataset["arrived"] === "yes") heading.current?.focus();
    document.body.dataset["arrived"] = "yes";
  }, []);
  return (
    <header class="title">
      <div>
        {over !== undefined && <p class="over">{over}</p>}
        <h1 tabIndex={-1} ref={heading}>
          {children}
        </h1>
      </div>
      {aside !== undefined && <div class="title-aside">{aside}</div>}
    </header>
  );
}

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly kind?: "main" | "plain" | "quiet" | "bad";
  readonly icon?: IconName;
  readonly type?: "button" | "submit";
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onClick?: () => void;
  /** Where what stands in it does not say enough. */
  readonly label?: string;
  readonly pressed?: boolean;
  readonly small?: boolean;
}

const BUTTON = { kind: "plain", type: "button", busy: false, disabled: false, small: false } as const;

export function Button(props: ButtonProps) {
  const { children, kind, icon, type, busy, disabled, onClick, label, pressed, small } = { ...BUTTON, ...props };
  return (
    <button
      type={type}
      class={`button ${kind}${small ? " small" : ""}`}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-label={label}
      aria-pressed={pressed}
      onClick={() => onClick?.()}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

export const Badge = ({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ComponentChildren }) => (
  <span class={`badge ${tone}`}>{children}</span>
);

interface NoticeProps {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}

export const Notice = ({ tone = "info", children }: NoticeProps) => (
  <div class={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
    {children}
  </div>
);

/** What the mall tells programs and people alike, in English: read out as that, and written from the left. */
export const InEnglish = ({ children }: { readonly children: string }) => (
  <bdi lang="en" dir="ltr">
    {children}
  </bdi>
);

interface ToldProps {
  readonly problem: { readonly type: string; readonly detail: string; readonly language?: string };
}

/** What was wrong: in the page's language, and then the particulars, in it too where the mall could say them so. */
export function ToldProblem({ problem: { type, detail, language = "en" } }: ToldProps) {
  if (type === HERE) return <>{detail}</>;
  const words = told(`problem.${type}`) ?? t("problem");
  const particulars = language === "en" ? <InEnglish>{detail}</InEnglish> : <span lang={language}>{detail}</span>;
  return (
    <>
      <strong>{words}</strong> {detail !== words && particulars}
    </>
  );
}

export function Fault({ fault, again }: { readonly fault: Problem | null; readonly again?: () => void }) {
  if (fault === null) return null;
  return (
    <Notice tone="bad">
      <p>
        <ToldProblem problem={fault} />
      </p>
      {again !== undefined && (
        <Button kind="quiet" onClick={again}>
          {t("again")}
        </Button>
      )}
    </Notice>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Instead of a list that has nothing in it: why, and what to do. */
export const Empty = ({ icon, title, children }: EmptyProps) => (
  <div class="empty">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children}
  </div>
);

/** While the first answer is on its way. */
export const Waiting = ({ lines = 4 }: { readonly lines?: number }) => (
  <div class="waiting" role="status">
    <span class="hidden">{t("waiting")}</span>
    {Array.from({ length: lines }, (_, i) => (
      <div key={i} class="ghost" />
    ))}
  </div>
);

export const Panel = ({ title, aside, children }: PanelProps) => (
  <section class="panel">
    {title !== undefined && (
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
    )}
    {children}
  </section>
);

interface PanelProps {
  readonly title?: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** One number that matters, with what it is and how it came to be. */
export const Figure = ({ label, value, note, tone = "plain" }: FigureProps) => (
  <div class={`figure ${tone}`}>
    <dt>{label}</dt>
    <dd>
      {value}
      {note !== undefined && <small>{note}</small>}
    </dd>
  </div>
);

interface FigureProps {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly tone?: Tone;
}
