/** The line under something that waits for a person: since when, what it is about, of whom, and what was noted. */
import type { ComponentChildren } from "preact";
import { Link } from "../app/router";
import { t } from "../words/words";
import { agoOf } from "./format";

interface LeftProps {
  readonly of: { readonly openedAt: string; readonly customerId: string | null; readonly note: string | null };
  /** Links to what it is about. */
  readonly children: ComponentChildren;
}

export const LeftLine = ({ of: { openedAt, customerId, note }, children }: LeftProps) => (
  <p class="soft">
    {agoOf(openedAt)} · {children}
    {customerId !== null && (
      <>
        {" · "}
        <Link to={`/admin/time/account/${customerId}`}>{t("fraud.customer")}</Link>
      </>
    )}
    {note !== null && (
      <>
        {" · "}
        <bdi>{note}</bdi>
      </>
    )}
  </p>
);
