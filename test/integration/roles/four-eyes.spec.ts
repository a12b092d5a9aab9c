/** Two people change a role: from the call that becomes a request to what every node goes by afterwards. */
import type { ApprovalView, Decided } from "../../../models/approval/approval.contract";
import type { RoleView } from "../../../models/role/role.contract";
import type { Principal } from "../../../services/kernel/call";
import type { Pending } from "../../../services/kernel/four-eyes";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";
import { placeOrder, quoteLine } from "../../support/orders";

const security = (id: string): Principal => ({
  id,
  permissions: [],
  grants: [
    { role: "shopper", party: id },
    { role: "admin-security", party: null },
  ],
});
const ownerNamed = (id: string): Principal => ({
  id,
  permissions: [],
  grants: [{ role: "admin-owner", party: null }],
});
const ann = security("ann");
const ben = security("ben");
const token: Principal = { id: "admin", permissions: ["*"] };
const decider: Principal = { id: "dan", permissions: ["approval.decide", "approval.read"] };

let mall: MemoryNode;
beforeAll(async () => {
  mall = await openMemoryNode();
});
afterAll(() => mall.stop());

const packer = { id: "packer", name: { en: "Packer" }, permissions: ["stock.write"] };
const ask = async (who: Principal, action: string, params: object, commandId?: string): Promise<string> => {
  const { approval } = await mall.call<Pending>(who, action, params, commandId === undefined ? {} : { commandId });
  return approval.id;
};
const look = (id: string): Promise<ApprovalView> => mall.call(token, "approval.get", { id });
const approve = (who: Principal, id: string): Promise<Decided> => mall.call(who, "approval.approve", { id });

test("a call is kept as a request, approved by a second person, done in the first one's name, and told", async () => {
  const id = await ask(ann, "role.define", packer);
  expect(await look(id)).toMatchObject({
    status: "requested",
    action: "role.define",
    params: packer,
    requestedBy: "ann",
  });
  expect(mall.node.roles.permits("packer", "stock.write")).toBe(false);

  await expect(approve(ann, id)).rejects.toMatchObject({ type: "APPROVAL_OWN" });
  const decided = await approve(ben, id);
  expect(decided).toMatchObject({ id, status: "done", outcome: { id: "packer", version: 1 } });
  expect(await look(id)).toMatchObject({ status: "done", decidedBy: "ben", outcome: { id: "packer", version: 1 } });

  expect(mall.node.roles.permits("packer", "stock.write")).toBe(true);
  const [row] = [...(mall.histories.get("role")?.rows.values() ?? [])];
  expect(row).toMatchObject({ by: "ann", onBehalfOf: "ben", causedBy: `approval/${id}@2` });
});

test("a role of the mall is granted by two people, a seller's by one; who holds the secret needs nobody", async () => {
  const [id, owner, other] = ["gus", ...["noa", "pia"].map(ownerNamed)] as [string, Principal, Principal];
  const opened = { id, email: "gus@example.org", emailKey: "a".repeat(32), language: "en" };
  await mall.call(token, "account.open", opened);
  await mall.call(token, "account.verify", { id });
  const grantsOf = async () => (await mall.call<{ grants: unknown[] }>(token, "account.peek", { id })).grants;
  const tier = { role: "admin-support", party: null };

  const request = await ask(owner, "account.grant", { id, ...tier });
  expect(await grantsOf()).toEqual([]);
  expect(await approve(other, request)).toMatchObject({ status: "done", outcome: { id, version: 3 } });
  expect(await grantsOf()).toEqual([tier]);

  const staff = { role: "seller-staff", party: "seller-1" };
  expect(await mall.call(owner, "account.grant", { id, ...staff })).toMatchObject({ id, version: 4 });
  const first = { role: "admin-owner", party: null };
  expect(await mall.call(token, "account.grant", { id, ...first })).toMatchObject({ id, version: 5 });
  expect(await grantsOf()).toEqual([tier, staff, first]);
});

test("the same call under the same key is the same request, and tells how it stands", async () => {
  const id = await ask(ann, "role.revise", { id: "packer", permissions: [] }, "key-1");
  expect(await ask(ann, "role.revise", { id: "packer", permissions: [] }, "key-1")).toBe(id);
  await approve(ben, id);
  expect(await mall.call(ann, "role.revise", { id: "packer", permissions: [] }, { commandId: "key-1" })).toMatchObject({
    approval: { id, status: "done" },
  });
  expect(mall.node.roles.permits("packer", "stock.write")).toBe(false);
});

test("approving twice does it once", async () => {
  const id = await ask(ann, "role.revise", { id: "packer", name: { en: "Packers" } });
  const before = mall.histories.get("role")?.rows.size ?? 0;
  const [first, second] = await Promise.allSettled([approve(ben, id), approve(token, id)]);
  expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
  expect(mall.histories.get("role")?.rows.size).toBe(before + 1);
  // and its timer finds nothing left to do
  expect(await mall.call(token, "approval.carryOut", { id })).toMatchObject({ status: "done" });
  expect(mall.histories.get("role")?.rows.size).toBe(before + 1);
});

test("nobody is exempt for holding every permission, and a program's request waits like a person's", async () => {
  const id = await ask(token, "role.retire", { id: "packer" });
  await expect(approve(token, id)).rejects.toMatchObject({ type: "APPROVAL_OWN" });
  expect(await approve(ann, id)).toMatchObject({ status: "done" });
});

test("what the mall sends itself is done at once", async () => {
  const params = { ...packer, id: "sorter" };
  const principal = { id: "timers", permissions: ["*"] };
  expect(await mall.call(principal, "role.define", params, { exempt: "timer" })).toMatchObject({ version: 1 });
});

test("to decide takes approval.decide and what the action itself needs", async () => {
  const id = await ask(ann, "role.retire", { id: "sorter" });
  await expect(approve(decider, id)).rejects.toMatchObject({ type: "FORBIDDEN" });
  const writer: Principal = { id: "wes", permissions: ["role.write"] };
  await expect(approve(writer, id)).rejects.toMatchObject({ type: "FORBIDDEN" });
  expect(await look(id)).toMatchObject({ status: "requested" });
  expect(await mall.call(decider, "approval.reject", { id, reason: "Still needed" })).toMatchObject({ version: 2 });
  await expect(approve(ben, id)).rejects.toMatchObject({ type: "APPROVAL_DECIDED", data: { status: "rejected" } });
});

test("a request is withdrawn by who asked, and by nobody else who holds no more", async () => {
  const id = await ask(ann, "role.retire", { id: "sorter" });
  await expect(mall.call(ben, "approval.withdraw", { id })).rejects.toMatchObject({ type: "FORBIDDEN" });
  await mall.call(ann, "approval.withdraw", { id });
  expect(await look(id)).toMatchObject({ status: "withdrawn" });
});

test("what the action refuses after all is recorded as its outcome", async () => {
  const id = await ask(ann, "role.retire", { id: "ghost" });
  expect(await approve(ben, id)).toMatchObject({ status: "refused", outcome: { refused: "NOT_FOUND" } });
  expect(await look(id)).toMatchObject({ status: "refused", outcome: { refused: "NOT_FOUND" } });
});

test("who may not do it cannot even ask, and wrong params are told at once", async () => {
  const shopper: Principal = { id: "sam", permissions: [], grants: [{ role: "shopper", party: "sam" }] };
  await expect(ask(shopper, "role.retire", { id: "sorter" })).rejects.toMatchObject({ type: "FORBIDDEN" });
  await expect(ask(ann, "role.retire", { id: "NO" })).rejects.toMatchObject({ type: "VALIDATION_FAILED" });
  await expect(mall.call(ann, "approval.request", {})).rejects.toMatchObject({ type: "FORBIDDEN" });
});

test("a role is only given permissions that open something", async () => {
  const id = await ask(ann, "role.define", { ...packer, id: "odd", permissions: ["stock.juggle"] });
  expect(await approve(ben, id)).toMatchObject({ outcome: { refused: "ROLE_PERMISSION_UNKNOWN" } });
});

test("roles are told with those that are built in, changed or not", async () => {
  const { items } = await mall.call<{ items: RoleView[] }>(ann, "role.list", {});
  expect(items.find(({ id }) => id === "shopper")).toMatchObject({ builtin: true, version: 0, status: "defined" });
  expect(items.find(({ id }) => id === "packer")).toMatchObject({ builtin: false, status: "retired" });
  expect(await mall.call(ann, "role.get", { id: "admin-owner" })).toMatchObject({ permissions: ["*"], version: 0 });
  await expect(mall.call(ann, "role.get", { id: "ghost" })).rejects.toMatchObject({ type: "NOT_FOUND" });
});

test("what adds up takes two people as well: the order itself says when", async () => {
  const content = { name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true };
  const channel = await mall.call<{ id: string }>(token, "channel.open", { code: "main", ...content });
  const params = placeOrder([quoteLine("a", 2, 60_000)], { channelId: channel.id });
  const { id } = await mall.call<{ id: string }>(token, "order.place", params);
  const amountMinor = params.payment.totalMinor;
  await mall.call(token, "order.recordCapture", { id, captureId: "c1", amountMinor });
  const finance = (who: string): Principal => ({
    ...{ id: who, permissions: [] },
    grants: [{ role: "admin-finance", party: null }],
  });
  const refund = { id, amountMinor: 30_000, reason: "sorry" };

  expect(await mall.call(finance("fay"), "order.refund", refund)).toMatchObject({ id, version: 3 });
  const request = await ask(finance("fay"), "order.refund", refund);
  expect(await approve(finance("finn"), request)).toMatchObject({ status: "done", outcome: { id, version: 4 } });
  expect(await look(request)).toMatchObject({ action: "order.refund", params: refund, requestedBy: "fay" });
});
