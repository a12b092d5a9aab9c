/** The package for programmers: it follows, comes back, renews, gives up; and it is what can be published. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "@swc/core";
import {
  cellsOf,
  follow,
  type FollowOptions,
  type Following,
  type Live,
  type LiveProblem,
} from "../../../client/index";
import { projectRoot } from "../../../embedded/root";
import { issueToken } from "../../../services/gateway/tokens";
import { eventually } from "../../support/eventually";
import { testFolder } from "../../support/folder";
import { PASSWORD } from "../../support/people";
import { typeOf, type Stage } from "./stage";

interface Watched {
  readonly following: Following;
  readonly refused: readonly LiveProblem[];
  /** Renewals that were asked for. */
  renewals: number;
  live: Live<"seller">;
}

const soldIn = ({ live }: Watched): number =>
  [...cellsOf("sales", live.board.sales, "").values()].reduce((sum, { orders }) => sum + orders, 0);

/** The package as somebody would install it, and its example, who imports it by its name. */
function installed(folder: string): string {
  const root = projectRoot();
  const modules = path.join(folder, "node_modules");
  mkdirSync(modules);
  execFileSync(process.execPath, [path.join(root, "bin/build-client.mjs"), path.join(modules, "stoa-client")]);
  symlinkSync(path.join(root, "node_modules/socket.io-client"), path.join(modules, "socket.io-client"));
  const { code } = transformSync(readFileSync(path.join(root, "client/today.example.ts"), "utf8"), {
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  const program = path.join(folder, "today.example.js");
  writeFileSync(program, code.replace('"./index"', '"stoa-client"'));
  return program;
}

export function whoeverProgramsAgainstIt(stage: () => Stage): void {
  describe("the package for programmers", () => {
    const begun: (Following | ChildProcess)[] = [];
    afterEach(() => begun.splice(0).forEach((one) => ("stop" in one ? one.stop() : one.kill())));

    const watch = (sellerId: string, tokens: Pick<FollowOptions<"seller">, "token" | "renew">): Watched => {
      const refused: LiveProblem[] = [];
      const watched: { -readonly [K in keyof Watched]?: Watched[K] } = { refused, renewals: 0 };
      watched.live = { connected: false, board: {} };
      watched.following = follow({
        ...{ url: stage().people.node.url ?? "", board: "seller", id: sellerId, token: tokens.token },
        renew: () => {
          watched.renewals = (watched.renewals ?? 0) + 1;
          return tokens.renew();
        },
        heard: (live) => (watched.live = live),
        refused: (problem) => refused.push(problem),
      });
      begun.push(watched.following);
      return watched as Watched;
    };

    test("follows a board with a token that is over, by the next one; and comes back to what it missed", async () => {
      const { people, order, tokenOf } = stage();
      const principal = { id: "owner-of-seller-6", permissions: [] };
      let token = issueToken(people.config.secret, principal, { expiresInSeconds: -1 });
      const renew = (): Promise<string> => Promise.resolve((token = tokenOf("seller-6")));
      const watched = watch("seller-6", { token: () => token, renew });
      await eventually("the board is there", () => watched.live.board.sales !== undefined);
      expect(watched.renewals).toBe(1);
      await order("seller-6");
      await eventually("the sale is told", () => soldIn(watched) === 1);
      let snapshots = 0;
      watched.following.socket.on("snapshot", () => (snapshots += 1));
      watched.following.socket.io.engine.close();
      await order("seller-6");
      await eventually("it is back, and has what it missed", () => watched.live.connected && soldIn(watched) === 2);
      expect([snapshots, watched.refused]).toEqual([0, []]);
    });

    test("says why when nothing would help: no next token, or a board of somebody else", async () => {
      const { tokenOf } = stage();
      const nobody = watch("seller-6", { token: () => null, renew: () => Promise.resolve(null) });
      const token = tokenOf("seller-6");
      const stranger = watch("seller-7", { token: () => token, renew: () => Promise.resolve(token) });
      await eventually("both are told", () => [nobody, stranger].every(({ refused }) => refused.length > 0));
      expect([nobody, stranger].map(({ refused }) => refused.map(typeOf))).toEqual([
        ["UNAUTHENTICATED"],
        ["FORBIDDEN"],
      ]);
      expect([nobody, stranger].some(({ following }) => following.socket.connected)).toBe(false);
    });

    test("is what can be published: installed, its example shows a seller's day", async () => {
      const { people, order } = stage();
      const folder = await testFolder();
      const email = "shop@example.org";
      const { accountId } = await people.person(email);
      const grant = { token: people.admin, body: { role: "seller-owner", party: "seller-8" } };
      expect(await people.ask("POST", `/v1/accounts/${accountId}/grants`, grant)).toMatchObject({ status: 200 });
      const program = installed(folder.path);
      const args = [program, people.node.url ?? "", email, "seller-8"];
      const shown = spawn(process.execPath, args, { env: { ...process.env, STOA_PASSWORD: PASSWORD } });
      begun.push(shown);
      let out = "";
      for (const stream of [shown.stdout, shown.stderr])
        stream.on("data", (chunk: Buffer) => (out += chunk.toString()));
      await eventually("it follows", () => out.includes("live: 0 orders"));
      await order("seller-8", 2);
      await eventually("the sale is shown", () => /live: 1 orders, 2 units, .* sold; 1 waiting; 0 alerts/.test(out));
      const { types, exports: ways } = JSON.parse(
        readFileSync(path.join(folder.path, "node_modules/stoa-client/package.json"), "utf8"),
      ) as { types: string; exports: { ".": Record<string, string> } };
      const files = [types, ...Object.values(ways["."])];
      expect(files.filter((file) => !existsSync(path.join(folder.path, "node_modules/stoa-client", file)))).toEqual([]);
      await folder.remove();
    });
  });
}
