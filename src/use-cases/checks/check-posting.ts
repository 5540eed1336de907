import type { CheckFinding } from "../../domain/check-finding.ts";
import type { Channel } from "../../domain/routing.ts";
import type { DeliveryStore, TroubledChannel } from "../../ports/chat-stores.ts";
import type { SelfCheck } from "../../ports/self-check.ts";
import { postingRemedy } from "./posting-remedy.ts";

/** Whether messages reach their channels, which are called what the configuration calls them. */
export function checkPosting(
	deliveries: Pick<DeliveryStore, "troubled">,
	channels: readonly Channel[],
): SelfCheck {
	return {
		area: "posting",
		run: async () => postingFindings(await deliveries.troubled(), channels),
	};
}

/** A finding for each channel in trouble, and one for each problem of a whole platform. Pure. */
export function postingFindings(
	troubled: readonly TroubledChannel[],
	channels: readonly Channel[],
): readonly CheckFinding[] {
	if (troubled.length === 0)
		return [{ area: "posting", name: "messages", verdict: "ok", text: "All were delivered." }];
	const groups = new Map<string, Group>();
	for (const one of troubled) {
		const { name, configured } = nameOf(one, channels);
		const { kind, ofPlatform, remedy } = postingRemedy(one, name, configured);
		const { platform, id } = one.channel;
		const key = JSON.stringify(ofPlatform ? [platform, kind, one.problem] : [platform, id]);
		const group = groups.get(key);
		if (group) group.members.push(one);
		else groups.set(key, { title: ofPlatform ? platform : `${platform} ${name}`, remedy, members: [one] });
	}
	return [...groups.values()].map(findingOf);
}

type Group = { readonly title: string; readonly remedy: string; readonly members: TroubledChannel[] };

function findingOf({ title, remedy, members }: Group): CheckFinding {
	const waiting = members.reduce((sum, member) => sum + member.waiting, 0);
	const messages = waiting === 1 ? "1 message waits" : `${waiting} messages wait`;
	const places = members.length === 1 ? "" : ` for ${members.length} channels`;
	const [what = ""] = (members[0]?.problem ?? "").replace(/\.$/, "").split("; ");
	return {
		area: "posting",
		name: title,
		verdict: "fail",
		text: `${what}. ${messages}${places}; ${againText(members, waiting)}.`,
		remedy,
	};
}

/** The soonest try of any. */
function againText(members: readonly TroubledChannel[], waiting: number): string {
	const seconds = Math.ceil(Math.min(...members.map(({ nextInSeconds }) => nextInSeconds)));
	const tried = waiting === 1 ? "it is tried again" : "they are tried again";
	return seconds <= 0 ? `${tried} now` : `${tried} in ${seconds} ${seconds === 1 ? "second" : "seconds"}`;
}

/** What the configuration calls a channel; its id where it names none such. */
function nameOf({ channel }: TroubledChannel, channels: readonly Channel[]) {
	const named = channels.find(({ conversations }) =>
		conversations.some(({ platform, id }) => platform === channel.platform && id === channel.id),
	);
	if (!named) return { name: channel.id, configured: false };
	return { name: named.name.startsWith("#") ? named.name : `#${named.name}`, configured: true };
}
