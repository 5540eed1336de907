import type { FakeAws } from "../../fakes/aws/start-fake-aws.ts";
import type { Effect } from "../evidence.ts";
import type { Trial } from "../trial.ts";

/** The world that the product may change, as lives need it. */
export type Cloud = {
	/** For faults of the cloud's own. */
	readonly aws: FakeAws;
	/** What the product is configured with. */
	readonly environment: Readonly<Record<string, string>>;
	readonly configuration: Readonly<Record<string, unknown>>;
	/** Makes the target of a life; gives its name. */
	prepare(trial: Trial): string;
	/** What asks for the trial's change: a command, or words to the bot. */
	request(trial: Trial): { readonly kind: "command" | "words"; readonly text: string };
	/** What happened to a target since it was made. */
	effects(target: string): readonly Effect[];
	/** Takes the targets of a batch away. */
	clear(): void;
	close(): Promise<void>;
};
