const EXAMPLE = `rules:
  - name: restart-leaking-checkout
    watch: checkout-memory
    severity: high
    for_seconds: 60
    maximum_targets: 1
    remediation: restart-service
    parameters: { service: $target }
    mode: shadow`;

/** What a standing rule is, and what to write for the first one. */
export function NoRules() {
	return (
		<section className="card pad stack close" aria-labelledby="rules">
			<h2 id="rules">Standing rules</h2>
			<p className="secondary prose">
				A standing rule says: when this watch is outside, this is what we do. It does nothing by itself.
			</p>
			<details>
				<summary>How to write the first one</summary>
				<div className="stack close below-head">
					<p className="small secondary prose">
						Write it in <code>smartcloudops.yaml</code>, then start the product again:
					</p>
					<pre>{EXAMPLE}</pre>
					<p className="small secondary prose">
						<code>mode: shadow</code> asks nobody and notes what it would ask for; <code>mode: ask</code>{" "}
						makes a request that people decide on. Either way it gets a record here. The watches are those of{" "}
						<code>/ops watches</code>; <code>$target</code> is the target of the finding.
					</p>
				</div>
			</details>
		</section>
	);
}
