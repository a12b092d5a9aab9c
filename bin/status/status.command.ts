/** `stoa status`: whether the mall is well, in words. */
import type { Command } from "commander";
import { openHttp } from "../client/http";
import { urlOf } from "../client/locate";
import { Sentence, sentenceOf } from "../terminal/sentence";
import { healthText } from "./health-text";

async function status(where: { data: string; url?: string }): Promise<void> {
  const url = await urlOf(where);
  const http = openHttp({ url, connections: 1 });
  try {
    const answer = await http.ask({ method: "GET", path: "/health/ready", body: null });
    console.log(healthText(url, answer));
    if (answer.status !== 200) process.exitCode = 1;
  } catch (error) {
    throw new Sentence(`The mall at ${url} does not answer: ${sentenceOf(error)}`);
  } finally {
    await http.close();
  }
}

export function statusCommand(program: Command): void {
  program
    .command("status")
    .description("ask the running mall whether it is well")
    .option("--data <dir>", "data folder of the mall", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .action(status);
}
