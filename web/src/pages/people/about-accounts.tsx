/** How accounts on two platforms become one person, and how somebody gets a role before being seen. */
export function AboutAccounts() {
	return (
		<section className="card pad">
			<h2>One person, two accounts</h2>
			<div className="small secondary stack close below-head">
				<p>
					Write <code>/ops link</code> in Slack, or <code>link</code> to the bot in a direct message. It
					answers with a line to write from the other account within ten minutes.
				</p>
				<p>Whoever writes to the bot appears here as a guest. To give a role before that:</p>
				<pre>npm run roles -- grant slack:T1:U1 operator</pre>
			</div>
		</section>
	);
}
