import type { DoctorView } from "../api/types.generated.ts";
import { countWords } from "./count-words.ts";

export type Finding = DoctorView["items"][number];

/** What was found in one area, what is broken first. */
export type AreaFindings = {
	readonly area: Finding["area"];
	readonly title: string;
	readonly findings: readonly Finding[];
};

const AREA_TITLES: Readonly<Record<Finding["area"], string>> = {
	config: "Configuration",
	store: "Store",
	metrics: "Metrics",
	slack: "Slack",
	teams: "Teams",
	cloud: "Cloud",
	posting: "Messages",
	disk: "Disk",
	time: "Clock",
};
const VERDICTS: readonly Finding["verdict"][] = ["fail", "warn", "off", "ok"];
const rank = ({ verdict }: Finding) => VERDICTS.indexOf(verdict);

/** The findings with one of these verdicts by area; the areas with the worst come first, others keep their order. */
export function findingsByArea(
	findings: readonly Finding[],
	verdicts: readonly Finding["verdict"][],
): readonly AreaFindings[] {
	const wanted = findings
		.filter(({ verdict }) => verdicts.includes(verdict))
		.toSorted((a, b) => rank(a) - rank(b));
	const areas = [...new Set(wanted.map(({ area }) => area))];
	return areas.map((area) => ({
		area,
		title: titleOf(area),
		findings: wanted.filter((finding) => finding.area === area),
	}));
}

/** An area's name; one of a newer server is shown as that server calls it. */
export function titleOf(area: Finding["area"]): string {
	return AREA_TITLES[area] ?? area;
}

/** Problems of the running installation that no finding tells already. */
export function problemsBeside(problems: readonly string[], findings: readonly Finding[]): readonly string[] {
	const told = findings.filter(({ verdict }) => verdict === "fail" || verdict === "warn");
	return problems.filter((problem) => !told.some(({ text }) => problem.includes(text)));
}

/** The verdict on the whole installation as one sentence; `beside`: how many problems no check told of. */
export function doctorSentence(findings: readonly Finding[], beside: number): string {
	if (findings.length === 0) return "Nothing was checked.";
	const count = (verdict: Finding["verdict"]) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	const [broken, unsure] = [count("fail"), count("warn") + beside];
	if (broken === 0 && unsure === 0) return "Everything works.";
	if (broken === 0)
		return `Nothing is broken, ${countWords(unsure, "thing needs", "things need").toLowerCase()} a look.`;
	const sentence = countWords(broken, "thing is broken", "things are broken");
	if (unsure === 0) return `${sentence}.`;
	return `${sentence}, ${countWords(unsure, "needs", "need").toLowerCase()} a look.`;
}
