/**
 * Words that shoppers put in place of others, to be made synonyms by a person; and synonyms in one's own words. Either
 * becomes a rule that is off at first, so that it can be tried.
 */
import { useState } from "preact/hooks";
import type { SynonymProposal } from "../../models/analytics/analytics.contract";
import { ask } from "../client/ask";
import { useAsk, useDoing } from "../client/use";
import { Answered } from "../parts/answered";
import { Check, Field, Form } from "../parts/fields";
import { Button, Fault, Panel } from "../parts/pieces";
import { t } from "../words/words";

interface MadeProps {
  readonly made: () => void;
}

function Proposal({ proposal, made }: MadeProps & { readonly proposal: SynonymProposal }) {
  const { from, to, visitors } = proposal;
  const { busy, fault, run } = useDoing();
  const approve = (): void => void run(() => ask("analytics.approve", { from, to })).then((ok) => ok && made());
  return (
    <li>
      <span dir="auto">
        {from} → {to}
      </span>{" "}
      <small class="soft">{t("synonyms.visitors", { n: visitors })}</small>{" "}
      <Button small busy={busy} label={`${t("synonyms.approve")}: ${from} → ${to}`} onClick={approve}>
        {t("synonyms.approve")}
      </Button>
      <Fault fault={fault} />
    </li>
  );
}

function NewSynonym({ made }: MadeProps) {
  const [words, setWords] = useState(["", ""] as readonly [string, string]);
  const [twoWay, setTwoWay] = useState(true);
  const { busy, fault, run } = useDoing();
  const [from, to] = [words[0].trim(), words[1].trim()];
  const send = (): void =>
    void run(() => ask("analytics.approve", { from, to, twoWay })).then((ok) => {
      if (!ok) return;
      setWords(["", ""]);
      made();
    });
  return (
    <Form send={send} label={t("synonyms.new")}>
      <div class="grid-form">
        <Field label={t("rules.words")} value={words[0]} change={(one) => setWords([one, words[1]])} max={100} />
        <Field label={t("synonyms.means")} value={words[1]} change={(one) => setWords([words[0], one])} max={100} />
        <Check checked={twoWay} change={setTwoWay}>
          {t("synonyms.twoWay")}
        </Check>
        <Button type="submit" icon="plus" busy={busy} disabled={from === "" || to === ""}>
          {t("rules.make")}
        </Button>
      </div>
      <Fault fault={fault} />
    </Form>
  );
}

export function Synonyms({ made }: MadeProps) {
  const answer = useAsk("analytics.synonyms", { limit: 20 });
  return (
    <Panel title={t("synonyms.title")}>
      <p class="soft">{t("synonyms.lead")}</p>
      <Answered answer={answer}>
        {({ items }) => (
          <ul>
            {items.map((proposal) => (
              <Proposal key={`${proposal.from}→${proposal.to}`} proposal={proposal} made={made} />
            ))}
          </ul>
        )}
      </Answered>
      <NewSynonym made={made} />
    </Panel>
  );
}
