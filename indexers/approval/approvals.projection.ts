/** Requests for approval as approval.list shows them; their params stay on the write side. */
import type { ApprovalState } from "../../models/approval/approval.aggregate";
import type { ApprovalGlance } from "../../models/approval/approval.contract";
import { date, integer, keyword, shown } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export const approvals: DocumentProjection = {
  kind: "document",
  name: "approvals",
  revision: 1,
  source: "approval",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      version: integer,
      status: keyword,
      action: keyword,
      requestedBy: keyword,
      requestedAt: date,
      expiresAt: date,
      decidedBy: keyword,
      decidedAt: date,
      reason: shown,
    },
  },
  document({ aggregateId: id, version, state }) {
    const approval = state as ApprovalState;
    if (approval.status === "absent") return null;
    const { status, action, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt, reason } = approval;
    const when = { requestedBy, requestedAt, expiresAt, decidedBy, decidedAt };
    const view: ApprovalGlance = { id, version, status, action, ...when, reason };
    return view as unknown as Json;
  },
};
