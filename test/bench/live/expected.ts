/** What every client must hold in the end: the fold of all histories, read past the read side. */
import type { Client } from "@elastic/elasticsearch";
import type { RunningNode } from "../../../bin/node/node";
import type { BoardKind } from "../../../indexers/kernel/live";
import { createBoard, type Board } from "../../../indexers/kernel/live-board";
import { liveAggregates, liveBoards } from "../../../indexers/live";
import type { Commit } from "../../../models/kernel/row";
import { sumOf } from "./sum";

const PAGE = 500;

async function* commitsOf(node: RunningNode, aggregate: string): AsyncGenerator<Commit> {
  const history = node.store.of(aggregate);
  for (let after = "", size = PAGE; size === PAGE;) {
    const rows = await history.scan(after, PAGE);
    for (const row of rows) yield { ...row, aggregate };
    size = rows.length;
    after = rows.at(-1)?._id ?? after;
  }
}

function sellersKind(): BoardKind {
  const kind = liveBoards({ client: {} as Client, namespace: "none" }).find((one) => one.kind === "seller");
  if (!kind) throw new Error("there is no seller's board");
  return kind;
}

/** By `seller/widget`. */
export async function foldedTables(node: RunningNode, since: string): Promise<ReadonlyMap<string, string>> {
  const kind = sellersKind();
  const boards = new Map<string, Board>();
  for (const aggregate of liveAggregates([kind])) {
    for await (const commit of commitsOf(node, aggregate)) {
      // what is nobody's stands under no name
      const seller = kind.boardOf[aggregate]?.(commit) ?? "";
      const board = boards.get(seller) ?? createBoard(kind.projections, { since }, 0);
      boards.set(seller, board);
      board.take(commit, 1);
    }
  }
  const tables = new Map<string, string>();
  for (const [seller, board] of boards) {
    board.flush(1);
    for (const { widget } of kind.projections) tables.set(`${seller}/${widget}`, sumOf(board.cells(widget)));
  }
  return tables;
}
