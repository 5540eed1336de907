/** Somebody in a conversation, as the roster tells. */
export type Member = {
	readonly id: string;
	readonly name: string;
	readonly aadObjectId?: string;
	readonly userRole?: "user" | "guest" | "anonymous";
};

/** A place where the bot is, or was. `id` has no `;messageid=`. */
export type Place = {
	readonly id: string;
	readonly kind: "personal" | "groupChat" | "channel";
	readonly name?: string;
	readonly members: readonly Member[];
	/** Posting answers 403 as after the bot was removed, or 404 as after the place was deleted. */
	readonly closed?: "removed" | "deleted";
};

/** A message of the bot as Teams keeps it. `conversation` is where it was posted; `edits` counts later versions. */
type KeptMessage = {
	readonly id: string;
	readonly conversation: string;
	readonly place: string;
	readonly activity: Readonly<Record<string, unknown>>;
	readonly edits: number;
	readonly deleted: boolean;
};

/** The places and messages of the fake. */
export type Conversations = {
	put(place: Place): void;
	place(conversation: string): Place | undefined;
	/** The 1:1 with a person, made when it is missing. */
	personalWith(memberId: string): Place;
	keep(conversation: string, activity: Readonly<Record<string, unknown>>): KeptMessage;
	change(id: string, activity: Readonly<Record<string, unknown>> | undefined): KeptMessage | undefined;
	list(): readonly KeptMessage[];
};

/** The conversation without its thread. */
function placeOf(conversation: string): string {
	return conversation.split(";messageid=")[0] ?? conversation;
}

export function makeConversations(): Conversations {
	const places = new Map<string, Place>();
	const messages = new Map<string, KeptMessage>();
	let clock = 1_763_629_200_000;
	return {
		put: (place) => void places.set(place.id, place),
		place: (conversation) => places.get(placeOf(conversation)),
		personalWith(memberId) {
			const known = [...places.values()].find(
				({ kind, members }) => kind === "personal" && members.some(({ id }) => id === memberId),
			);
			if (known) return known;
			const member = [...places.values()].flatMap(({ members }) => members).find(({ id }) => id === memberId);
			const place: Place = {
				id: `a:1-${memberId.replaceAll(/[^\w-]/g, "")}`,
				kind: "personal",
				members: [member ?? { id: memberId, name: memberId }],
			};
			places.set(place.id, place);
			return place;
		},
		keep(conversation, activity) {
			clock += 1;
			const id = `${clock}`;
			const place = placeOf(conversation);
			const kept = { id, conversation, place, activity, edits: 0, deleted: false };
			messages.set(id, kept);
			return kept;
		},
		change(id, activity) {
			const kept = messages.get(id);
			if (!kept || kept.deleted) return undefined;
			const changed = activity ? { ...kept, activity, edits: kept.edits + 1 } : { ...kept, deleted: true };
			messages.set(id, changed);
			return changed;
		},
		list: () => [...messages.values()],
	};
}
