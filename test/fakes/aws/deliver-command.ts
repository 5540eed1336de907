import {
	type Command,
	type CommandOutcome,
	commandStatus,
	deadlineMs,
	type Invocation,
	invocationStatus,
	isReachable,
} from "./commands.ts";
import type { RegionState } from "./region-state.ts";

const OUTPUT_CHARACTERS = 24_000;

/** Hands a command to its instances: at once to those that can be reached, to the others when they are again. */
export function deliverCommand(region: RegionState, command: Command): void {
	region.waiting.delete(command);
	if (region.rules.clock() >= deadlineMs(command)) return;
	for (const invocation of command.invocations.values()) {
		if (invocation.deliveredAtMs !== undefined) continue;
		const instance = region.instances.get(invocation.instanceId);
		if (instance && isReachable(instance)) deliver(region, command, invocation);
		else region.waiting.add(command);
	}
}

/** Keeps the command, and forgets the oldest beyond the region's bound: unfinished ones only beyond twice as many. */
export function keepCommand(region: RegionState, command: Command): void {
	const { commandBound, clock, transitionMs } = region.rules;
	region.commands.set(command.commandId, command);
	for (const old of region.commands.values()) {
		if (region.commands.size <= commandBound) return;
		const states = [...old.invocations.values()].map((invocation) =>
			invocationStatus(old, invocation, clock(), transitionMs),
		);
		const unfinished = ["Pending", "InProgress"].includes(commandStatus(states));
		if (unfinished && region.commands.size <= 2 * commandBound) return;
		region.commands.delete(old.commandId);
		region.waiting.delete(old);
	}
}

function deliver(region: RegionState, command: Command, invocation: Invocation): void {
	const { rules, account } = region;
	const startMs = rules.clock();
	invocation.deliveredAtMs = startMs;
	const { commandId, documentName, documentVersion, comment, parameters } = command;
	const call = { commandId, documentName, documentVersion, comment, parameters };
	const end = (outcome: CommandOutcome) => {
		const ranMs = rules.transitionMs + (outcome.runMs ?? rules.transitionMs);
		invocation.outcome = {
			...outcome,
			output: (outcome.output ?? "").slice(0, OUTPUT_CHARACTERS),
			errorOutput: (outcome.errorOutput ?? "").slice(0, OUTPUT_CHARACTERS),
			endMs: Math.max(rules.clock(), startMs + ranMs),
		};
	};
	const fail = (error: unknown) => end({ status: "Failed", errorOutput: String(error) });
	try {
		const outcome = rules.runCommand({
			...call,
			instanceId: invocation.instanceId,
			region: region.region,
			account,
		});
		if (outcome instanceof Promise) outcome.then(end, fail);
		else end(outcome);
	} catch (error) {
		fail(error);
	}
}
