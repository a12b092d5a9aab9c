/** Looks before everything is started whether the port can be had: saying so after ten seconds would be unkind. */
import { createServer } from "node:net";
import { Sentence } from "../terminal/sentence";

const why: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use by another program. Stop that",
  EACCES: "may not be opened by this user",
  EADDRNOTAVAIL: "cannot be opened: STOA_HOST is no address of this machine. Correct it",
};

/** @throws Sentence */
export async function checkPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const said = why[error.code ?? ""] ?? `cannot be opened (${error.message})`;
      reject(new Sentence(`Port ${port} ${said}, or choose another with --port (0 takes any free one).`));
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}
