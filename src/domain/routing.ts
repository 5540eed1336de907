import type { Conversation } from "./chat-event.ts";
import type { Labels } from "./time-series.ts";

/** A named place on one or more platforms. The console is always there too, under the name `console`. */
export type Channel = {
	readonly name: string;
	readonly conversations: readonly Conversation[];
	readonly charts: "dark" | "light";
};

/** Where a setting comes from: the configuration file, or a command over it. */
export type SettingSource = "file" | "command";

/** Which targets go to which channels, who may approve there, and whom to call. */
export type Route = {
	readonly name: string;
	/** Label name -> value; `*` in a value stands for any text. All must fit. `target` and `environment` are labels too. */
	readonly match: Labels;
	readonly channels: readonly string[];
	/**
	 * Identities (`slack:T1:U1`) or person ids (`P-3`) who alone may decide on plans for these targets, within what the
	 * approval policy allows. Left out: whoever the policy allows. Empty: nobody.
	 */
	readonly approvers?: readonly string[];
	/** Platform -> the id of the user or group to mention when somebody must look now. */
	readonly onCall: Readonly<Record<string, string>>;
	/** Nothing about these targets is told outside of these channels, but to those who may read all of it. */
	readonly private: boolean;
	readonly source: SettingSource;
};

/** All places and routes. The first route that fits counts; what none claims goes to `defaultChannels`. */
export type Routing = {
	readonly channels: readonly Channel[];
	readonly routes: readonly Route[];
	readonly defaultChannels: readonly string[];
};
