// What the scripts of the pages share, and what others hand them: for the types alone.

/** A page on the map. */
interface Page {
  title: string;
  address: string;
  namespace: string;
  label: string;
  number: number;
  isWritten: boolean;
  aliases: string[];
  name: string;
}

/** A text as it is looked for: see spelling.js. */
interface Spelled {
  words: string;
  joined: string;
}

/** The map: see atlas_data.py. */
interface MapData {
  versions: Record<string, string>;
  ways?: number;
  communities?: [number, number, number, number][];
  bridges?: [number, number, number][];
  nodes?: [number, number, number][];
  links?: number[][];
  /** Number of a page that is tied to so many that no tie of it is drawn: to how many. */
  hubs?: Record<string, number>;
}

/** Title, namespace and address. */
type Choice = [string, string, string];

/** What a preview shows of a section. */
interface Section {
  title: string;
  lead?: string;
  links?: [number, number, string][];
}

/** What a preview shows: see shards.py. */
interface Entry {
  title: string;
  namespace?: string;
  laconic?: string;
  lead?: string;
  kind?: "wanted" | "ambiguous";
  wants?: string;
  wanted_by?: string[];
  choices?: Choice[];
  near?: Choice[];
  create?: string;
  /** Where each begins and ends in the lead, and its address. */
  links?: [number, number, string][];
  picture?: string;
  sections?: Record<string, Section>;
  /** Title of the section that is shown. */
  section?: string;
  related?: [string, string, string, [string, string, string]][];
}

interface Window {
  tropes: any;
  tropesNames: (names: any) => void;
  tropesMap: (data: any) => void;
  tropesWays: (name: string, entries: any) => void;
  tropesManifest: (told: any) => void;
  tropesData: (name: string, entries: any) => void;
  tropesSwitcher: (told: any) => void;
  tropesNamesIn: (entries: any) => void;
  Search: any;
  tropesEdited: (days: string[][]) => void;
  define: unknown;
  graphology: any;
  Sigma: any;
  FloatingUIDOM: any;
}

/** Sphinx's own, on its search page. */
declare const Search: any;
declare const Scorer: any;
declare const Stemmer: any;
declare const stopwords: any;
declare const splitQuery: any;
/** Sphinx's own, on every page. */
declare const DOCUMENTATION_OPTIONS: any;

// Which element a selector finds, the page knows.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Node {
  contains(other: EventTarget | null): boolean;
}

interface HTMLElement {
  showPopover(options?: { source?: Element }): void;
}
