/** Whether everything that the mall rests on is well; looked at again every few seconds. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { Notice, Panel, Title, Waiting } from "../parts/pieces";
import { t } from "../words/words";

interface Health {
  readonly status: "ready" | "not-ready";
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

const LOOK_MS = 5_000;
const AWAY: Health = { status: "not-ready", checks: [] };

/** Not ready is an answer too: with a status that no other address has. */
const look = (signal: AbortSignal): Promise<Health> =>
  fetch("/health/ready", { signal })
    .then((response) => response.json() as Promise<Health>)
    .catch(() => AWAY);

function useHealth(): Health | null {
  const [health, setHealth] = useState<Health | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const again = (): void => {
      void look(stop.signal).then((found) => {
        if (!stop.signal.aborted) setHealth(found);
      });
    };
    again();
    const timer = setInterval(again, LOOK_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  return health;
}

export function HealthPage() {
  const health = useHealth();
  return (
    <>
      <Title aside={<a href="/metrics">{t("health.metrics")}</a>}>{t("health.title")}</Title>
      {health === null && <Waiting />}
      {health !== null && (
        <>
          <Notice tone={health.status === "ready" ? "good" : "bad"}>
            {health.status === "ready" ? t("health.ready") : t("health.notReady")}
          </Notice>
          <Panel>
            <ul class="checks">
              {health.checks.map(({ name, ok, detail }) => (
                <li key={name} class={ok ? "good" : "bad"}>
                  <Icon name={ok ? "check" : "cross"} />
                  <strong>{name}</strong>
                  <span class="soft">{detail}</span>
                </li>
              ))}
            </ul>
          </Panel>
        </>
      )}
    </>
  );
}
