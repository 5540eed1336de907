import { listCapabilities } from "../../../../skills/list-capabilities.ts";
import { METRIC_WORDS } from "../../../../skills/metrics/choose-quantity.ts";
import { namesText } from "../../../../skills/metrics/find-target.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { listText } from "../compose/words.ts";

/** What can be asked here, with names that exist. */
export async function answerCapabilities({ deps, context }: AskedQuestion, lead = ""): Promise<Answered> {
	const { targets, metrics, remediations, examples } = await listCapabilities.run(deps, context, {});
	const words = (kind: "host" | "service") => listText(metrics[kind].map((metric) => METRIC_WORDS[metric]));
	const hosts = targets.filter((target) => target.kind === "host");
	const services = targets.filter((target) => target.kind === "service");
	const rows = [
		...(hosts.length > 0
			? [["Values of a host", `${words("host")} of ${namesText(hosts)}; now or over a time`]]
			: []),
		...(services.length > 0
			? [["Values of a service", `${words("service")} of ${namesText(services)}`]]
			: []),
		["Compare", "with the hour before, yesterday or last week"],
		["Rank", "processes, hosts and services by what they use"],
		["Sum up", "anomalies and incidents, what is wrong now"],
		["Explain", "why an incident happened"],
		["Forecast", "when a disk or memory is full"],
		...(remediations.length > 0
			? [
					[
						"Request",
						`${remediations.map((one) => one.title.toLowerCase()).join(", ")}; people approve it first`,
					],
				]
			: []),
	];
	const text = `${lead}I answer questions about metrics, anomalies and incidents, and can request ${remediations.length === 0 ? "nothing yet" : "changes that people approve"}. Try: ${examples.slice(0, 3).join(" · ")}.`;
	const columns = [
		{ title: "What", align: "left" },
		{ title: "For example", align: "left" },
	] as const;
	return {
		answer: buildAnswer({ text, table: { columns, rows }, suggestions: examples.slice(0, 3) }, context),
	};
}
