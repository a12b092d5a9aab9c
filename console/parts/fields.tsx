/** What is typed into and chosen from. Each field has its label in sight. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly type?: "text" | "email" | "password";
  readonly name?: string;
  readonly complete?: AutoFill;
  readonly required?: boolean;
  readonly max?: number;
  readonly hint?: string;
  readonly decimal?: boolean;
}

type AutoFill =
  | "off"
  | "email"
  | "name"
  | "street-address"
  | "postal-code"
  | "address-level2"
  | "current-password"
  | "new-password"
  | "one-time-code";

const DEFAULTS = { type: "text", complete: "off", required: false, max: 200, decimal: false } as const;

export function Field(props: FieldProps) {
  const id = useId();
  const { label, value, change, hint, name, type, complete, required, max, decimal } = { ...DEFAULTS, ...props };
  const given = {
    ...{ id, name, value, required, maxLength: max, autoComplete: complete },
    inputMode: decimal ? "decimal" : undefined,
    "aria-describedby": hint === undefined ? undefined : `${id}-hint`,
    onInput: (event: { currentTarget: HTMLInputElement }) => change(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === "text" && <input type="text" {...given} />}
      {type === "email" && <input type="email" {...given} />}
      {type === "password" && <input type="password" {...given} />}
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** A password that is yet to be: the browser proposes one and keeps it. */
export const NewPassword = (props: Pick<FieldProps, "label" | "value" | "change">) => (
  <Field {...props} type="password" complete="new-password" required />
);

interface AreaProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly max: number;
}

/** For more than a line. */
export function Area({ label, value, change, max }: AreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} rows={4} maxLength={max} value={value} onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}

/** A day and an hour, where the browser is; empty: none. */
export function Moment({ label, value, change }: Pick<FieldProps, "label" | "value" | "change">) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="datetime-local" value={value} onInput={(event) => change(event.currentTarget.value)} />
    </div>
  );
}

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly change: (value: string) => void;
  /** For the eye the place says it already. */
  readonly quiet?: boolean;
}

export function Choice({ label, value, options, change, quiet = false }: ChoiceProps) {
  const id = useId();
  return (
    <div class={quiet ? "field inline" : "field"}>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
  readonly children: ComponentChildren;
}

export const Check = ({ checked, change, children }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => change(event.currentTarget.checked)} />
    <span>{children}</span>
  </label>
);

interface FormProps {
  readonly send: () => void;
  readonly children: ComponentChildren;
  readonly label?: string;
}

/** A form that stays on its page. */
export const Form = ({ send, children, label }: FormProps) => (
  <form
    aria-label={label}
    onSubmit={(event) => {
      event.preventDefault();
      send();
    }}
  >
    {children}
  </form>
);
