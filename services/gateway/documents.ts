/**
 * Papers as files: what an action of a contract answers, as PDF or CSV. The action is asked in the caller's name, so a
 * paper is served to whom its contract lets read it, and to nobody else.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { InvoiceView } from "../../models/invoice/invoice.contract";
import type { Statement } from "../../models/payout/payout.contract";
import { STATEMENT_PAGE_MAX } from "../../models/payout/payout.contract";
import type { Entry, Posting } from "../../models/ledger/ledger.book.contract";
import { ID_PATTERN } from "../../models/kernel/ids";
import { queryText, readQuery } from "./params";
import { invoicePdf, statementPdf } from "./papers";
import { refuseHere } from "./problem";
import type { RouteDeps } from "./routes";
import { principalFor } from "./session";

/** A statement of more entries is asked for page by page, as JSON. */
const ENTRIES_MAX = 50_000;
/** A PDF is for reading: of more entries it shows the last ones, and says so. */
const SHOWN_MAX = 1_000;

type Params = Readonly<Record<string, string>>;
type Asked = FastifyRequest<{ Params: Params }>;
type Ask = <R>(action: string, params: object) => Promise<R>;

function asking(deps: RouteDeps, request: FastifyRequest): Ask {
  const meta = { principal: principalFor(request), trace: request.id, address: request.ip };
  return async <R>(action: string, params: object) => (await deps.call(action, params, { meta })) as R;
}

function numberOf({ number = "" }: Params): number {
  return /^[1-9]\d{0,8}$/.test(number)
    ? Number(number)
    : refuseHere("ROUTE_NOT_FOUND", "That is no number of a paper.");
}

const send = (reply: FastifyReply, type: string, name: string, bytes: Buffer): FastifyReply =>
  reply
    .headers({ "cache-control": "no-store", "content-disposition": `attachment; filename="${name}"` })
    .type(type)
    .send(bytes);

async function wholeStatement(ask: Ask, id: string): Promise<Statement> {
  const items: Entry[] = [];
  let page: Statement | null = null;
  for (let from: number | null = 0; from !== null && items.length < ENTRIES_MAX; from = page.from) {
    page = await ask<Statement>("payout.statement", { id, from, limit: STATEMENT_PAGE_MAX });
    items.push(...page.items);
  }
  return { ...(page as Statement), items };
}

const cell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""');
const HEAD = "n,at,kind,reference,memo,account,amountMinor,currency,commissionBy";

/** By which version of which rule how much was taken, or given back: `3f…@2 500bp 150`. */
const takenBy = ({ account }: Posting, { commissions }: Entry): string =>
  account === "commission"
    ? commissions
        .map((one) => `${one.ruleId ?? "-"}@${one.version ?? "-"} ${one.rateBp}bp ${one.amountMinor}`)
        .join("; ")
    : "";

/** One line per posting; a text that a spreadsheet would run is quoted. */
export function statementCsv({ items, payout }: Statement): string {
  const lines = items.flatMap((entry) => {
    const { n, at, kind, reference, memo, postings } = entry;
    const said = [n, at, kind, `"${cell(reference)}"`, `"${cell(memo)}"`];
    return postings.map((posting) => {
      const { account, amountMinor } = posting;
      return [...said, account, amountMinor, payout.currency, `"${takenBy(posting, entry)}"`].join(",");
    });
  });
  return [HEAD, ...lines, ""].join("\r\n");
}

export function addDocuments(app: FastifyInstance, deps: RouteDeps): void {
  const paper = (path: string, action: string): void => {
    app.get(path, async (request: Asked, reply) => {
      const { key } = readQuery(queryText(request.url));
      const params = { ...request.params, ...(key !== undefined && { key }), number: numberOf(request.params) };
      const invoice = await asking(deps, request)<InvoiceView>(action, params);
      return send(reply, "application/pdf", `${invoice.kind}-${invoice.number}.pdf`, await invoicePdf(invoice));
    });
  };
  paper("/v1/invoices/:sellerId/:kind/:number/pdf", "invoice.get");
  paper("/v1/sellers/:sellerId/invoices/:kind/:number/pdf", "invoice.sold");
  paper("/v1/orders/:orderId/track/papers/:kind/:number/pdf", "invoice.track");

  const statement = (request: Asked): Promise<Statement> => {
    const { id = "" } = request.params;
    if (!ID_PATTERN.test(id)) return refuseHere("ROUTE_NOT_FOUND", "That is no payout's id.");
    return wholeStatement(asking(deps, request), id);
  };
  app.get("/v1/payouts/:id/statement.csv", async (request: Asked, reply) => {
    const found = await statement(request);
    const bytes = Buffer.from(statementCsv(found));
    return send(reply, "text/csv; charset=utf-8", `payout-${found.payout.cycle}.csv`, bytes);
  });
  app.get("/v1/payouts/:id/statement.pdf", async (request: Asked, reply) => {
    const found = await statement(request);
    const bytes = await statementPdf({ ...found, items: found.items.slice(-SHOWN_MAX) }, found.items.length);
    return send(reply, "application/pdf", `payout-${found.payout.cycle}.pdf`, bytes);
  });
}
