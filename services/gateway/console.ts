/**
 * The console, as `bin/build-console.mjs` bundled it: its files by their names, and one page for all its addresses,
 * which finds by itself what to show.
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { addFile, lostPage } from "./files";
import { refuseHere } from "./problem";

/** Every address that is the console's, as the router of the gateway writes them. */
export const CONSOLE_ADDRESSES: readonly string[] = [
  "/",
  "/search",
  "/product/:id",
  "/cart",
  "/checkout",
  "/orders",
  "/orders/:id",
  "/account",
  "/account/keys",
  "/account/lists",
  "/lists/:key",
  "/alerts/stop",
  "/sign-in",
  "/verify",
  "/reset",
  "/privacy",
  "/sell",
  "/join",
  "/openid/callback",
  "/seller",
  "/seller/*",
  "/admin",
  "/admin/*",
];

const COMPRESSED = /\.(br|gz)$/;

/** The page that says that there is nothing here, and leads back; null where nothing is built. */
export function consoleLost(folder: string): ReturnType<typeof lostPage> | null {
  const page = path.join(folder, "index.html");
  return existsSync(page) ? lostPage(page) : null;
}

/** @param folder where the build left it; without it every address says what to do */
export function addConsole(app: FastifyInstance, folder: string): void {
  const page = path.join(folder, "index.html");
  if (!existsSync(page)) {
    const missing = (): never => refuseHere("SERVICE_UNAVAILABLE", "The console is not built: run `npm run build`.");
    for (const url of CONSOLE_ADDRESSES) app.get(url, missing);
    return;
  }
  for (const url of CONSOLE_ADDRESSES) addFile(app, { url, file: page });
  const files = readdirSync(folder).filter((name) => name !== "index.html" && !COMPRESSED.test(name));
  for (const name of files) addFile(app, { url: `/console/${name}`, file: path.join(folder, name), forGood: true });
}
