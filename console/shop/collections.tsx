/** What the mall has put together, and the corners of the channel: ways into the search. */
import type { CollectionEntry, CollectionList } from "../../models/collection/collection.result.contract";
import { useAsk } from "../client/use";
import { t } from "../words/words";
import { WaysIn, waysOf, type Ways } from "./ways";

const ASKED_MAX = 100;

export interface Shelves {
  readonly collections: Ways;
  readonly sections: Ways;
}

/** @param channelId undefined: of every channel */
export function useShelves(question: URLSearchParams, channelId: string | undefined): Shelves {
  const asked = { limit: ASKED_MAX, ...(channelId !== undefined && { channel: channelId }) };
  const { data }: { data: CollectionList<CollectionEntry> | null } = useAsk("collection.list", asked);
  const corners = useAsk("section.list", asked).data?.items ?? [];
  return {
    collections: waysOf(data?.items ?? [], question.get("collection")),
    sections: waysOf(
      corners.map(({ id, slug, name }) => ({ id, slug, title: name })),
      question.get("section"),
    ),
  };
}

export function Collections({ question, collections, sections }: Shelves & { readonly question: URLSearchParams }) {
  return (
    <>
      <WaysIn label={t("search.sections")} name="section" question={question} ways={sections} />
      <WaysIn label={t("search.collections")} name="collection" question={question} ways={collections} />
    </>
  );
}
