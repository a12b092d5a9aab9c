/** Requests for approval as approval.list shows them; their params stay on the write side. */
import type { ApprovalState } from "../../models/approval/approval.aggregate";
import type { ApprovalGlance } from "../../models/approval/approval.contract";
import { documentOf } from "../kernel/document";
import { date, integer, keyword, shown } from "../kernel/fields";

export const approvals = documentOf<ApprovalState>({
  name: "approvals",
  revision: 1,
  source: "approval",
  fields: {
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
  document(approval, { id, version }): ApprovalGlance {
    const { status, action, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt, reason } = approval;
    const when = { requestedBy, requestedAt, expiresAt, decidedBy, decidedAt };
    return { id, version, status, action, ...when, reason };
  },
});
