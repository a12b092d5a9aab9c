/** Who came in, came back and went, told by a word that leads to nobody. Not from where, and not with what. */
import type { Commit } from "../../models/kernel/row";
import type { SessionEvent, SessionState } from "../../models/session/session.aggregate";
import { keyword } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";
import { common, hashOf } from "./record.projection";

function came(commit: Commit): readonly Json[] {
  const session = commit.state as SessionState;
  if (session.status === "absent") return [];
  return (commit.events as readonly SessionEvent[]).map((event) => ({
    "@timestamp": commit.occurredAt,
    "event.action": event.type,
    "event.dataset": "stoa.session",
    "event.reason": event.type === "session.ended" ? event.data.reason : null,
    "user.hash": hashOf(session.accountId),
  }));
}

export const sessionRecords: Recording = {
  name: "sessions",
  revision: 1,
  properties: { ...common, "event.reason": keyword, "user.hash": keyword },
  sources: { session: came },
};
