import { Icon } from "../../components/icon.tsx";
import { TypedWords } from "../../components/typed-words.tsx";
import { type Finding, findingsByArea } from "../../lib/order-findings.ts";

/** What works, a row for each area. */
export function Works({ findings }: { readonly findings: readonly Finding[] }) {
	const areas = findingsByArea(findings, ["ok"]);
	if (areas.length === 0) return null;
	return (
		<section className="card" aria-labelledby="works">
			<header>
				<h2 id="works">Works</h2>
			</header>
			<ul className="list below-head works">
				{areas.map(({ area, title, findings: found }) => (
					<li key={area}>
						<Icon name="resolved" className="ok" />
						<div className="small grow">
							<b>{title}.</b>{" "}
							<span className="secondary">
								<TypedWords text={wordsOf(found)} />
							</span>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}

/** Where an area has several findings, or one that needs it, its name is said first: "Database: It answers." */
function wordsOf(findings: readonly Finding[]): string {
	const named = findings.length > 1 || findings.some(({ text }) => text.startsWith("It "));
	return findings.map(({ name, text }) => (named ? `${capital(name)}: ${text}` : text)).join(" ");
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
