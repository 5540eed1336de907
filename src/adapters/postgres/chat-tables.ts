import type { Generated, GeneratedAlways } from "kysely";
import type { Chart } from "../../domain/chart.ts";
import type { ChatMessage } from "../../domain/chat-message.ts";
import type { KnownConversation } from "../../ports/chat-stores.ts";
import type { Json, JsonOrNull, Time, TimeOrNull } from "./column-types.ts";

/** The tables of what is said, heard and on its way. */
export type ChatTables = {
	messages: {
		number: GeneratedAlways<number>;
		conversation: string;
		author_kind: "person" | "bot";
		author_name: string;
		message: Json<ChatMessage>;
		created_at: Generated<Date>;
		updated_at: Generated<Date>;
	};
	postings: { subject: string; platform: string; conversation: string; reference: string };
	inbox: {
		number: Generated<number>;
		platform: string;
		key: string;
		/** JSON as text. */
		payload: string;
		received_at: Generated<Date>;
		attempts: number;
		owner: string | null;
		held_until: Time;
		finished_at: TimeOrNull;
		problem: string | null;
	};
	deliveries: {
		number: Generated<number>;
		subject: string;
		platform: string;
		conversation: string;
		channel: string;
		message: JsonOrNull<ChatMessage>;
		under: string | null;
		wanted: number;
		attempts: number;
		due_at: Time;
		owner: string | null;
		/** What `wanted` was when the owner took it: with `attempts`, the claim that `settle` ends. */
		claimed_wanted: number | null;
		held_until: Generated<Date>;
		problem: string | null;
		problem_since: TimeOrNull;
		settled_at: TimeOrNull;
	};
	delivery_channels: {
		platform: string;
		channel: string;
		/** The delivery somebody has now, until `busy_until` at most. */
		busy_with: number | null;
		busy_until: Generated<Date>;
		paced_until: Generated<Date>;
		held_until: Generated<Date>;
	};
	conversations: {
		platform: string;
		id: string;
		name: string | null;
		kind: KnownConversation["kind"];
		reference: Json<unknown>;
		seen_at: Time;
	};
	shared_charts: {
		number: GeneratedAlways<number>;
		id: Generated<string>;
		subject: string;
		chart: Json<Chart>;
		surface: "dark" | "light";
		created_at: Generated<Date>;
	};
};
