/** Who wants to sell here: what they said, part by part, and yes by two people, or back with what is wrong. */
import { useState } from "preact/hooks";
import type { SellerProfile } from "../../models/seller/seller.contract";
import { ask, isPending } from "../client/ask";
import { useAsk } from "../client/use";
import { Answered } from "../parts/answered";
import { Panel } from "../parts/pieces";
import { Verdict } from "../parts/verdict";
import { t } from "../words/words";
import { SecondPerson } from "./second-person";

const LIMIT = 20;

function Parts({ id }: { readonly id: string }) {
  const answer = useAsk("seller.application", { id });
  return (
    <Answered answer={answer}>
      {({ steps }) => (
        <ul class="told">
          {steps.map(({ part, state }) => (
            <li key={part}>
              {t(`apply.part.${part}`)}: {t(`apply.state.${state}`)}
            </li>
          ))}
        </ul>
      )}
    </Answered>
  );
}

function Application({ seller, again }: { readonly seller: SellerProfile; readonly again: () => void }) {
  const [asked, setAsked] = useState(false);
  const { id, name, country } = seller;
  const approve = async (): Promise<void> => setAsked(isPending(await ask("seller.approve", { id })));
  return (
    <Panel title={name} aside={<span>{country}</span>}>
      <Parts id={id} />
      {asked ? (
        <SecondPerson />
      ) : (
        <Verdict
          yes={t("approvals.approve")}
          approve={approve}
          reject={(why) => ask("seller.return", { id, reasons: [{ part: "application", why }] })}
          done={again}
        />
      )}
    </Panel>
  );
}

/** Nothing where nobody waits. */
export function Applications() {
  const { data, again } = useAsk("seller.list", { status: "submitted", limit: LIMIT });
  return (
    <>
      {(data?.items ?? []).map((seller) => (
        <Application key={seller.id} seller={seller} again={again} />
      ))}
    </>
  );
}
