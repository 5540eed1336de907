import type { MetricName } from "../../../../skills/metrics/target.ts";

/** What a phrase of a question means. */
export type Concept =
	| `metric:${MetricName}`
	| `hint:${"cpu" | "latency" | "disk"}`
	| `agg:${"avg" | "max" | "min" | "median" | "percentile"}`
	| `class:${"process" | "service" | "host"}`
	| `act:${Action}`
	| `acted:${Action}`
	| `unsupported:${string}`
	| "compare"
	| "usual"
	| "moved"
	| "lasts"
	| "recently"
	| "top"
	| "anomaly"
	| "odd"
	| "incident"
	| "approval"
	| "wrong"
	| "why"
	| "happened"
	| "forecast"
	| "full"
	| "when"
	| "will"
	| "help"
	| "decide"
	| "follow"
	| "pronoun"
	| "greet"
	| "free"
	| "percent"
	| "list"
	| "many"
	| "not";

/** What people ask to be done. Only a restart can be proposed here; the others are known to be refused well. */
export type Action = "restart" | "scale" | "stop" | "start" | "delete" | "rollback" | "deploy" | "silence";

/** Every phrase that is understood, by what it means. Phrases are lower case; the longest match in a question wins. */
export const SYNONYMS: Readonly<Partial<Record<Concept, readonly string[]>>> = {
	"metric:cpu": [
		..."cpu|cpus|processor|processors|cpu load|cpu usage|cpu utilization|cpu utilisation|cpu time".split("|"),
		..."processor load|processor usage|compute".split("|"),
	],
	"metric:memory": [
		..."memory|mem|ram|rss|resident memory|memory usage|mem usage|heap|resident set|memory footprint".split(
			"|",
		),
		..."footprint|working set".split("|"),
	],
	"metric:disk": [
		..."disk|disks|disk space|disk usage|storage|storage space|filesystem|filesystems|file system".split("|"),
		..."file systems|volume|free space|space|partition|drive|hdd|ssd|mountpoint|mount|root partition".split(
			"|",
		),
		..."root filesystem|hard disk|hard drive|disk capacity|df".split("|"),
	],
	"metric:load":
		"load|loaded|load average|loadavg|system load|load1|run queue|machine load|host load|server load".split(
			"|",
		),
	"metric:traffic": [
		..."traffic|requests|request|reqs|req|rps|qps|tps|throughput|requests per second|req per second".split(
			"|",
		),
		..."request rate|req s|requests s|request count|hits|calls|request volume|requests per minute".split("|"),
		..."transactions|transactions per second|queries per second|http requests|http traffic|tpm|rpm".split(
			"|",
		),
	],
	"metric:error-rate": [
		..."error rate|error rates|errors|error|error ratio|failure rate|failures|failing|fails|failed".split(
			"|",
		),
		..."5xx|5xx rate|5xx errors|500|500s|http errors|server errors|failed requests|request failures".split(
			"|",
		),
		..."error percentage|failure|fail rate|failing requests|errorrate|err rate|erroring|http 500".split("|"),
		..."error percent|share of errors|requests failing|requests fail|requests failed|requests are failing".split(
			"|",
		),
		..."fail|success rate|503|502|504".split("|"),
	],
	"metric:latency": [
		..."latency|latencies|response time|response times|response latency|request duration|duration".split("|"),
		..."request latency|request time|reply time|answer time|slowness|lag|response speed|rt".split("|"),
		..."request durations|respond|responding|response|responses|tail latency".split("|"),
	],
	"metric:network": [
		..."network|network traffic|bandwidth|network io|net io|network usage|bytes in|bytes out".split("|"),
		..."network throughput|ingress|egress|nic|network load|net|uplink|network bandwidth|inbound|outbound".split(
			"|",
		),
	],
	"hint:cpu": "busy|busier|how hard|pegged".split("|"),
	"hint:latency": "slow|slower|fast|faster|sluggish|laggy|snappy|take|takes|taking".split("|"),
	"hint:disk": "gigs|gb".split("|"),
	"agg:avg": "average|avg|mean|averaged|on average|typical|typically".split("|"),
	"agg:max":
		"max|maximum|peak|highest|peaked|spike|spiked|worst|top value|high point|high water mark|peaks|maximal|how high".split(
			"|",
		),
	"agg:min": "min|minimum|lowest|how low|low point|trough|minimal|least".split("|"),
	"agg:median": ["median"],
	"agg:percentile": "percentile|pctl|quantile".split("|"),
	compare:
		"compare|compared|comparison|comparing|versus|vs|against|difference|differ|diff|than|relative to|delta|as opposed to|differs|different from|changed|change|changes|differently".split(
			"|",
		),
	moved: [
		..."go up|going up|gone up|went up|go down|going down|gone down|went down|increase|increased|rise|risen".split(
			"|",
		),
		..."rose|rising|grow|grown|grew|growing|drop|dropped|decrease|decreased|fallen|fell|jumped|jump|got worse".split(
			"|",
		),
		..."get worse|got better|get better|climbed|climb|higher|lower|better|worse|improved|doubled".split("|"),
	],
	lasts: "last|lasts|survive|survives|suffice|suffices|hold out|make it|enough".split("|"),
	recently: "lately|recently|detected|noticed|seen|caught|looked|was|were|been".split("|"),
	usual: "usual|normal|expected|normally|usually|baseline".split("|"),
	top: [
		..."most|top|biggest|largest|heaviest|hog|hogs|hogging|eat|eats|eating|consumes|consuming|consumer".split(
			"|",
		),
		..."consumers|hungriest|greediest|busiest|hungry|consume|burning|burns|chewing|hoggers|offenders".split(
			"|",
		),
		..."offender|culprit|culprits|slowest|taking up|sorted|ranked|ordered|ranking|sort|rank|takes up|take up|using up|taking all|using all|fattest|eaten".split(
			"|",
		),
	],
	"class:process": [
		..."process|processes|proc|procs|program|programs|app|apps|application|applications|daemon".split("|"),
		..."task|tasks|pid|pids|daemons|executable|executables|process group|software".split("|"),
	],
	"class:service": "service|services|workload|workloads|microservice|microservices|endpoint|endpoints".split(
		"|",
	),
	"class:host":
		"hosts|machines|servers|boxes|nodes|which host|which machine|which server|which box|which node".split(
			"|",
		),
	anomaly: [
		..."anomaly|anomalies|finding|findings|outlier|outliers|deviation|deviations|abnormality".split("|"),
		..."abnormalities|anomalous|detections|detection|irregularities|oddities|anomalous events".split("|"),
	],
	odd: "abnormal|unusual|odd|weird|strange|suspicious|out of the ordinary|off|funny|fishy".split("|"),
	incident: [
		..."incident|incidents|outage|outages|alert|alerts|alarm|alarms|postmortem|firing alerts".split("|"),
		..."incident history|incident list|inc".split("|"),
	],
	approval: "approval|approvals|pending approvals|pending requests|open requests|waiting for approval".split(
		"|",
	),
	wrong: [
		..."wrong|broken|problem|problems|issue|issues|trouble|ok|okay|fine|healthy|unhealthy|health|status".split(
			"|",
		),
		..."alive|degraded|on fire|going on|happening|overview|summary|how are things|how are we|state|good".split(
			"|",
		),
		..."all good|situation|down|up|running|everything|doing|all clear|anything new|normal now".split("|"),
		..."attention|worry|worried|misbehaving|troubled|sick|well|red|critical|bad|acting up|up to|whats up".split(
			"|",
		),
		..."concerned|what is up|in trouble|working|break|breaks|broke|paged|page|alright|all right|looking|looks|need to know|going|sitrep".split(
			"|",
		),
	],
	why: [
		..."why|cause|causes|caused|causing|root cause|rca|reason|reasons|explain|explanation|how come".split(
			"|",
		),
		..."led to|triggered|diagnose|investigate|explained|what made|because of|behind".split("|"),
		..."responsible for|due to|what went wrong|analyze|analyse|root causes|the story".split("|"),
	],
	happened: "what happened|happened|happen|going on when|what has happened".split("|"),
	forecast: [
		..."forecast|predict|prediction|projection|projected|trend|extrapolate|days left|time left|forecasts".split(
			"|",
		),
		..."hours left|predicted|days until|hours until|estimate|outlook|heading|at this rate|time to full".split(
			"|",
		),
	],
	full: [
		..."full|run out|runs out|running out|ran out|exhaust|exhausted|exhausts|fill up|fills up|fill|fills".split(
			"|",
		),
		..."filled|filling|filling up|filled up|out of space|out of disk|out of memory|oom|limit|saturate".split(
			"|",
		),
		..."saturated|max out|maxed out|maxed|overflow|exhaustion|run out of|runs out of|running out of|last us|gone|used up|hit the limit".split(
			"|",
		),
		..."reach|reaches|exceed|exceeds".split("|"),
	],
	when: [
		..."when|how long|how soon|until|till|how many days|how many hours|how much time|how much longer".split(
			"|",
		),
		..."eta|what day|what date|what time|soon|by when|how many weeks|at what time".split("|"),
	],
	will: "will|going to|gonna|ever|about to|shall|do we|are we".split("|"),
	help: [
		..."help|what can you do|what do you do|what can i ask|commands|capabilities|features|how do you work".split(
			"|",
		),
		..."how does this work|what are you able|what do you know|abilities|what questions|who are you".split(
			"|",
		),
		..."what are you|examples|manual|what else can you|what can i do|what can you answer|what can you tell".split(
			"|",
		),
		..."how can you help|what can we ask|instructions|options|what are my options|what are you good".split(
			"|",
		),
		..."what sort of|what kind of|what kinds of|what things|menu|capable|how do i use|what do you support".split(
			"|",
		),
		..."what can you|skills|guide|tutorial|get started|what should i ask".split("|"),
	],
	decide:
		"approve|deny|reject|decline|confirm|authorize|authorise|accept|lgtm|approved|denied|rejected".split("|"),
	follow: "and|also|what about|how about|same for|same|then|now for|plus|same thing|ok and|so".split("|"),
	pronoun: "it|its|that|there|this|them|they|that one|the same".split("|"),
	greet: [
		..."hi|hello|hey|thanks|thank you|good morning|good evening|bye|thx|cheers|yo|good afternoon|ty".split(
			"|",
		),
	],
	free: "free|left|available|remaining|spare|unused|remains|leftover".split("|"),
	percent: "percent|percentage|pct|share|relative".split("|"),
	list: "list|show|summarize|summarise|recap|recent|latest|history|sum up|digest|report|rundown|tl dr".split(
		"|",
	),
	many: "how many|number of|count|count of|how often".split("|"),
	not: "not|never|without|no|nobody".split("|"),
	"act:restart":
		"restart|off and on|stop and start|reboot|bounce|recycle|relaunch|respawn|power cycle|cycle|kick|re start|rerun|reset".split(
			"|",
		),
	"acted:restart":
		"restarted|restarts|restarting|rebooted|reboots|rebooting|bounced|bouncing|relaunched".split("|"),
	"act:scale": "scale|upscale|downscale|scale up|scale down|scale out|scale in|resize|add replicas".split(
		"|",
	),
	"acted:scale": "scaled|scaling|resized".split("|"),
	"act:stop": "stop|kill|terminate|shutdown|shut down|turn off|power off|stop the|halt|pause|disable".split(
		"|",
	),
	"acted:stop": "killed|stopped|terminated|halted|crashed|paused".split("|"),
	"act:start": "start|launch|turn on|boot|enable".split("|"),
	"act:delete": "delete|remove|purge|wipe|clean|clean up|clear|free up|erase|truncate|rm".split("|"),
	"acted:delete": "deleted|removed|purged|wiped|cleaned|cleared".split("|"),
	"act:rollback": "roll back|rollback|revert|undo".split("|"),
	"acted:rollback": "rolled back|reverted".split("|"),
	"act:deploy": "deploy|upgrade|update|patch|install|redeploy|release|ship".split("|"),
	"acted:deploy": "deployed|released|upgraded|shipped".split("|"),
	"act:silence": "mute|silence|snooze|ack|acknowledge|ignore|unmute|freeze".split("|"),
	"unsupported:logs":
		"log|logs|stack trace|stacktrace|stack traces|traces|trace|exception|exceptions|log lines".split("|"),
	"unsupported:kubernetes": "kubernetes|k8s|pod|pods|kubectl|deployment|deployments|namespace|cluster".split(
		"|",
	),
	"unsupported:costs": "cost|costs|price|prices|bill|billing|spend|spending|dollars|budget|invoice".split(
		"|",
	),
	"unsupported:temperatures": "temperature|temperatures|temp|thermal|fan|fans|fan speed".split("|"),
	"unsupported:the graphics card": "gpu|gpus|vram|graphics".split("|"),
	"unsupported:databases": "database|databases|sql|postgres|mysql|redis|slow queries|db".split("|"),
	"unsupported:queues and connections":
		"queue|queues|kafka|connections|threads|connection pool|sockets".split("|"),
	"unsupported:who is on call": "on call|oncall|on duty|rota|pager".split("|"),
	"unsupported:the weather": "weather|rain|sunny".split("|"),
	"unsupported:code and releases":
		"code|commit|commits|git|pull request|source|deploys|last deploy|releases|version|changelog".split("|"),
	"unsupported:tickets and mail": "jira|ticket|tickets|email|mail|slack|calendar|meeting".split("|"),
	"unsupported:writing and talk": "poem|joke|story|song|essay|haiku|recipe|translate|write".split("|"),
	"unsupported:disk speed": "iops|disk io|disk i o|disk latency|disk throughput|inodes|inode|swap".split("|"),
	"unsupported:secrets":
		"password|passwords|secret|secrets|api key|token|tokens|credential|credentials".split("|"),
};
