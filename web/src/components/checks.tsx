import type { PlanCheck } from "../api/types.generated.ts";
import type { IconName } from "../lib/icon-name.ts";
import { Icon } from "./icon.tsx";
import { Words } from "./rich-text.tsx";

const LOOKS: Readonly<Record<PlanCheck["verdict"], { icon: IconName; tone: string; word: string }>> = {
	pass: { icon: "check", tone: "ok", word: "Passed" },
	info: { icon: "info", tone: "mute", word: "Note" },
	fail: { icon: "warn", tone: "medium", word: "Failed" },
};

/** What was checked before anybody was asked, with each result in words; what says no comes first. */
export function Checks({ checks }: { readonly checks: readonly PlanCheck[] }) {
	if (checks.length === 0) return null;
	const ordered = checks.toSorted((a, b) => Number(b.verdict === "fail") - Number(a.verdict === "fail"));
	return (
		<ul className="checks">
			{ordered.map((check) => {
				const look = LOOKS[check.verdict];
				return (
					<li key={check.text}>
						<Icon name={look.icon} className={look.tone} />
						<span>
							<span className="hidden-visually">{look.word}: </span>
							<Words text={check.text} />
						</span>
					</li>
				);
			})}
		</ul>
	);
}
