import { Icon } from "../../components/icon.tsx";
import { TypedWords } from "../../components/typed-words.tsx";
import type { IconName } from "../../lib/icon-name.ts";
import { type AreaFindings, type Finding, findingsByArea } from "../../lib/order-findings.ts";

type Props = {
	readonly findings: readonly Finding[];
	/** Problems of the running installation that no finding tells, one sentence each. */
	readonly beside: readonly string[];
};

/** What is broken and what needs a look, by area, each with the one thing to do. */
export function ToFix({ findings, beside }: Props) {
	const areas = findingsByArea(findings, ["fail", "warn"]);
	if (areas.length === 0 && beside.length === 0) return null;
	return (
		<section className="card" aria-labelledby="to-fix">
			<header>
				<h2 id="to-fix">To fix</h2>
			</header>
			<div className="below-head">
				{areas.map((area) => (
					<Area key={area.area} area={area} />
				))}
				{beside.length > 0 && <Beside problems={beside} />}
			</div>
		</section>
	);
}

function Area({ area: { area, title, findings } }: { readonly area: AreaFindings }) {
	return (
		<section className="findings" aria-labelledby={`to-fix-${area}`}>
			<h3 id={`to-fix-${area}`}>{title}</h3>
			<ul>
				{findings.map((finding) => (
					<FindingRow key={`${finding.name}:${finding.text}`} finding={finding} />
				))}
			</ul>
		</section>
	);
}

function Beside({ problems }: { readonly problems: readonly string[] }) {
	return (
		<section className="findings" aria-labelledby="to-fix-beside">
			<h3 id="to-fix-beside">Seen while running</h3>
			<ul>
				{problems.map((problem) => (
					<li key={problem} className="finding small">
						<Icon name={LOOKS.warn.icon} className={LOOKS.warn.tone} />
						<p>
							<b className={LOOKS.warn.tone}>{LOOKS.warn.word}:</b> <TypedWords text={problem} />
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}

function FindingRow({ finding: { verdict, name, text, remedy } }: { readonly finding: Finding }) {
	const look = LOOKS[verdict === "fail" ? "fail" : "warn"];
	return (
		<li className="finding small">
			<Icon name={look.icon} className={look.tone} />
			<div className="stack closest">
				<p>
					<b className={look.tone}>{look.word}:</b> <b>{name}.</b>{" "}
					<span className="secondary">
						<TypedWords text={text} />
					</span>
				</p>
				{remedy && (
					<p className="note">
						<span>
							<b>To do:</b> <TypedWords text={remedy} />
						</span>
					</p>
				)}
			</div>
		</li>
	);
}

const LOOKS: Readonly<Record<"fail" | "warn", { icon: IconName; tone: string; word: string }>> = {
	fail: { icon: "failed", tone: "critical", word: "Broken" },
	warn: { icon: "warn", tone: "medium", word: "Needs a look" },
};
