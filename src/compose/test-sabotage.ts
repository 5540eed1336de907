import { setTimeout } from "node:timers/promises";
import { Role } from "../domain/actor.ts";
import { canMove, isPending } from "../domain/approval.ts";
import type { CloudWriter } from "../ports/cloud-writer.ts";
import type { Store, Stores } from "../ports/store.ts";

type Environment = Readonly<Record<string, string | undefined>>;

function wanted({ NODE_ENV, TEST_SABOTAGE }: Environment): string | undefined {
	return NODE_ENV === "test" ? TEST_SABOTAGE : undefined;
}

/**
 * The store with the fault of TEST_SABOTAGE, planted to see that the judges of tests notice; the store itself outside of
 * test runs. docs/trust.md says what each fault breaks.
 */
export function sabotagedStore(store: Store, environment: Environment): Store {
	const spoilers: Readonly<Record<string, () => <S extends Stores>(stores: S) => S>> = {
		"skip-audit": () => skipAudit,
		"skip-cas": () => skipCompare,
		"drop-inbox": dropInbox,
		"stale-role": () => staleRoles,
	};
	const spoil = spoilers[wanted(environment) ?? ""]?.();
	if (!spoil) return store;
	return { ...spoil(store), transaction: (work) => store.transaction((stores) => work(spoil(stores))) };
}

/** The writer that reboots twice, where TEST_SABOTAGE asks for it. */
export function sabotagedWriter(writer: CloudWriter, environment: Environment): CloudWriter {
	const { aws } = writer;
	if (wanted(environment) !== "double-effect" || !aws) return writer;
	return {
		...writer,
		aws: {
			...aws,
			rebootInstances: async (request) => {
				await aws.rebootInstances(request);
				await aws.rebootInstances(request);
			},
		},
	};
}

/** What is about to be done is not written down. */
function skipAudit<S extends Stores>(stores: S): S {
	const { audit } = stores;
	const append: typeof audit.append = async (event) => {
		if (event.action !== "execution.intended") return audit.append(event);
		return { ...event, sequence: 0, atMs: await stores.now(), previousHash: "", hash: "" };
	};
	return { ...stores, audit: { ...audit, append } };
}

/** So long whoever decides looks away after reading, that two who decide at once surely meet on a busy machine too. */
const LOOKS_AWAY_MS = 200;

/** Nobody waits for anybody, and whoever comes second believes to have been first. */
function skipCompare<S extends Stores>(stores: S): S {
	const { approvals } = stores;
	const getForUpdate: typeof approvals.get = async (id) => {
		const approval = await approvals.get(id);
		if (approval && isPending(approval.status)) await setTimeout(LOOKS_AWAY_MS);
		return approval;
	};
	const move: typeof approvals.move = async (id, from, to, end) => {
		const now = (await approvals.get(id))?.status ?? from;
		if (canMove(now, to)) await approvals.move(id, now, to, end);
		return true;
	};
	const lockEffects = async () => undefined;
	return {
		...stores,
		...("lockEffects" in stores ? { lockEffects } : {}),
		approvals: { ...approvals, getForUpdate, move },
	};
}

/** What was delivered is only in memory when it is acknowledged. */
function dropInbox(): <S extends Stores>(stores: S) => S {
	let taken = 0;
	return (stores) => {
		const accept: typeof stores.inbox.accept = async (entries) =>
			entries.map(() => {
				taken += 1;
				return `0${taken}`;
			});
		return { ...stores, inbox: { ...stores.inbox, accept } };
	};
}

/** The last change of a role is not known yet. */
function staleRoles<S extends Stores>(stores: S): S {
	const { people, audit } = stores;
	const byId: typeof people.byId = async (id) => {
		const person = await people.byId(id);
		const { items } = await audit.list({ subject: `person:${id}` }, { limit: 20 });
		const before = Role.safeParse(items.find(({ action }) => action === "role.granted")?.data.before);
		return person && before.success ? { ...person, role: before.data } : person;
	};
	return { ...stores, people: { ...people, byId } };
}
