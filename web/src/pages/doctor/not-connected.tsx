import { Icon } from "../../components/icon.tsx";
import { TypedWords } from "../../components/typed-words.tsx";
import { type Finding, titleOf } from "../../lib/order-findings.ts";

/** What is off, and what to do to connect it. Nothing here is broken. */
export function NotConnected({ findings }: { readonly findings: readonly Finding[] }) {
	const off = findings
		.filter(({ verdict }) => verdict === "off")
		.toSorted((a, b) => Number(b.remedy !== undefined) - Number(a.remedy !== undefined));
	if (off.length === 0) return null;
	return (
		<aside className="stack" aria-label="Not connected">
			<section className="card">
				<header>
					<h2>Not connected</h2>
				</header>
				<ul className="list below-head not-connected">
					{off.map((finding) => (
						<li key={`${finding.area}:${finding.name}`}>
							<Icon name="off" className="meta" />
							<div className="small grow stack closest">
								<p>
									<b>{nameOf(finding)}</b> <span className="meta">· off</span>
								</p>
								<p className="secondary">
									<TypedWords text={finding.text} />
								</p>
								{finding.remedy && (
									<p>
										<TypedWords text={finding.remedy} />
									</p>
								)}
							</div>
						</li>
					))}
				</ul>
			</section>
		</aside>
	);
}

/** A platform that is off is called by its own name, a part of something by both. */
function nameOf({ area, name }: Finding): string {
	return name === "settings" ? titleOf(area) : `${titleOf(area)}, ${name}`;
}
