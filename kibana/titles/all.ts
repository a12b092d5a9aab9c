/** Every language of the titles: one line each. */
import * as ar from "./ar";
import * as de from "./de";
import * as en from "./en";
import * as ko from "./ko";
import type { DashboardId, PanelId } from "./en";

const languages = { en, de, ko, ar } as const;

type Text = Readonly<Record<string, string>>;

const inAll = (of: (language: (typeof languages)[keyof typeof languages]) => string): Text =>
  Object.fromEntries(Object.entries(languages).map(([name, language]) => [name, of(language)]));

export const panelTitle = (id: PanelId): Text => inAll(({ panelTitles }) => panelTitles[id]);
export const dashboardTitle = (id: DashboardId): Text => inAll(({ dashboardTitles }) => dashboardTitles[id]);
