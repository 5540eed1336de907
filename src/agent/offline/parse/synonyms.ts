import type { Concept } from "./concept.ts";

const phrases = (...lines: readonly string[]) => lines.flatMap((line) => line.split("|"));

/** Every phrase that is understood, by what it means. Phrases are lower case; the longest match in a question wins. */
export const SYNONYMS: Readonly<Partial<Record<Concept, readonly string[]>>> = {
	"metric:cpu": phrases(
		"cpu|cpus|processor|processors|cpu load|cpu usage|cpu utilization|cpu utilisation|cpu time",
		"processor load|processor usage|compute",
	),
	"metric:memory": phrases(
		"memory|mem|ram|rss|resident memory|memory usage|mem usage|heap|resident set|memory footprint",
		"footprint|working set",
	),
	"metric:disk": phrases(
		"disk|disks|disk space|disk usage|storage|storage space|filesystem|filesystems|file system",
		"file systems|volume|free space|space|partition|drive|hdd|ssd|mountpoint|mount|root partition",
		"root filesystem|hard disk|hard drive|disk capacity|df",
	),
	"metric:load": phrases(
		"load|loaded|load average|loadavg|system load|load1|run queue|machine load|host load",
		"server load",
	),
	"metric:traffic": phrases(
		"traffic|requests|request|reqs|req|rps|qps|tps|throughput|requests per second|req per second",
		"request rate|req s|requests s|request count|hits|calls|request volume|requests per minute",
		"transactions|transactions per second|queries per second|http requests|http traffic|tpm|rpm",
	),
	"metric:error-rate": phrases(
		"error rate|error rates|errors|error|error ratio|failure rate|failures|failing|fails|failed",
		"5xx|5xx rate|5xx errors|500|500s|http errors|server errors|failed requests|request failures",
		"error percentage|failure|fail rate|failing requests|errorrate|err rate|erroring|http 500",
		"error percent|share of errors|requests failing|requests fail|requests failed",
		"requests are failing|fail|success rate|503|502|504",
	),
	"metric:latency": phrases(
		"latency|latencies|response time|response times|response latency|request duration|duration",
		"request latency|request time|reply time|answer time|slowness|lag|response speed|rt",
		"request durations|respond|responding|response|responses|tail latency",
	),
	"metric:network": phrases(
		"network|network traffic|bandwidth|network io|net io|network usage|bytes in|bytes out",
		"network throughput|ingress|egress|nic|network load|net|uplink|network bandwidth|inbound",
		"outbound",
	),
	"hint:cpu": phrases("busy|busier|how hard|pegged"),
	"hint:latency": phrases("slow|slower|fast|faster|sluggish|laggy|snappy|take|takes|taking"),
	"hint:disk": phrases("gigs|gb"),
	"agg:avg": phrases("average|avg|mean|averaged|on average|typical|typically"),
	"agg:max": phrases(
		"max|maximum|peak|highest|peaked|spike|spiked|worst|top value|high point|high water mark",
		"peaks|maximal|how high",
	),
	"agg:min": phrases("min|minimum|lowest|how low|low point|trough|minimal|least"),
	"agg:median": phrases("median"),
	"agg:percentile": phrases("percentile|pctl|quantile"),
	compare: phrases(
		"compare|compared|comparison|comparing|versus|vs|against|difference|differ|diff|than",
		"relative to|delta|as opposed to|differs|different from|changed|change|changes|differently",
	),
	moved: phrases(
		"go up|going up|gone up|went up|go down|going down|gone down|went down|increase|increased",
		"rise|risen|rose|rising|grow|grown|grew|growing|drop|dropped|decrease|decreased|fallen|fell",
		"jumped|jump|got worse|get worse|got better|get better|climbed|climb|higher|lower|better",
		"worse|improved|doubled",
	),
	lasts: phrases("last|lasts|survive|survives|suffice|suffices|hold out|make it|enough"),
	recently: phrases("lately|recently|detected|noticed|seen|caught|looked|was|were|been"),
	usual: phrases("usual|normal|expected|normally|usually|baseline"),
	top: phrases(
		"most|top|biggest|largest|heaviest|hog|hogs|hogging|eat|eats|eating|consumes|consuming",
		"consumer|consumers|hungriest|greediest|busiest|hungry|consume|burning|burns|chewing|hoggers",
		"offenders|offender|culprit|culprits|slowest|taking up|sorted|ranked|ordered|ranking|sort",
		"rank|takes up|take up|using up|taking all|using all|fattest|eaten",
	),
	"class:process": phrases(
		"process|processes|proc|procs|program|programs|app|apps|application|applications|daemon|task",
		"tasks|pid|pids|daemons|executable|executables|process group|software",
	),
	"class:service": phrases(
		"service|services|workload|workloads|microservice|microservices|endpoint|endpoints",
	),
	"class:host": phrases(
		"hosts|machines|servers|boxes|nodes|which host|which machine|which server|which box",
		"which node",
	),
	anomaly: phrases(
		"anomaly|anomalies|finding|findings|outlier|outliers|deviation|deviations|abnormality",
		"abnormalities|anomalous|detections|detection|irregularities|oddities|anomalous events",
	),
	odd: phrases("abnormal|unusual|odd|weird|strange|suspicious|out of the ordinary|off|funny|fishy"),
	incident: phrases(
		"incident|incidents|outage|outages|alert|alerts|alarm|alarms|postmortem|firing alerts",
		"incident history|incident list|inc",
	),
	approval: phrases(
		"approval|approvals|pending approvals|pending requests|open requests|waiting for approval",
	),
	wrong: phrases(
		"wrong|broken|problem|problems|issue|issues|trouble|ok|okay|fine|healthy|unhealthy|health",
		"status|alive|degraded|on fire|going on|happening|overview|summary|how are things|how are we",
		"state|good|all good|situation|down|up|running|everything|doing|all clear|anything new",
		"normal now|attention|worry|worried|misbehaving|troubled|sick|well|red|critical|bad|acting up",
		"up to|whats up|concerned|what is up|in trouble|working|break|breaks|broke|paged|page|alright",
		"all right|looking|looks|need to know|going|sitrep",
	),
	why: phrases(
		"why|cause|causes|caused|causing|root cause|rca|reason|reasons|explain|explanation|how come",
		"led to|triggered|diagnose|investigate|explained|what made|because of|behind|responsible for",
		"due to|what went wrong|analyze|analyse|root causes|the story",
	),
	happened: phrases("what happened|happened|happen|going on when|what has happened"),
	forecast: phrases(
		"forecast|predict|prediction|projection|projected|trend|extrapolate|days left|time left",
		"forecasts|hours left|predicted|days until|hours until|estimate|outlook|heading|at this rate",
		"time to full",
	),
	full: phrases(
		"full|run out|runs out|running out|ran out|exhaust|exhausted|exhausts|fill up|fills up|fill",
		"fills|filled|filling|filling up|filled up|out of space|out of disk|out of memory|oom|limit",
		"saturate|saturated|max out|maxed out|maxed|overflow|exhaustion|run out of|runs out of",
		"running out of|last us|gone|used up|hit the limit|reach|reaches|exceed|exceeds",
	),
	when: phrases(
		"when|how long|how soon|until|till|how many days|how many hours|how much time|how much longer",
		"eta|what day|what date|what time|soon|by when|how many weeks|at what time",
	),
	will: phrases("will|going to|gonna|ever|about to|shall|do we|are we"),
	help: phrases(
		"help|what can you do|what do you do|what can i ask|commands|capabilities|features",
		"how do you work|how does this work|what are you able|what do you know|abilities",
		"what questions|who are you|what are you|examples|manual|what else can you|what can i do",
		"what can you answer|what can you tell|how can you help|what can we ask|instructions|options",
		"what are my options|what are you good|what sort of|what kind of|what kinds of|what things",
		"menu|capable|how do i use|what do you support|what can you|skills|guide|tutorial|get started",
		"what should i ask",
	),
	decide: phrases(
		"approve|deny|reject|decline|confirm|authorize|authorise|accept|lgtm|approved|denied|rejected",
	),
	follow: phrases("and|also|what about|how about|same for|same|then|now for|plus|same thing|ok and|so"),
	pronoun: phrases("it|its|that|there|this|them|they|that one|the same"),
	greet: phrases(
		"hi|hello|hey|thanks|thank you|good morning|good evening|bye|thx|cheers|yo|good afternoon|ty",
	),
	free: phrases("free|left|available|remaining|spare|unused|remains|leftover"),
	percent: phrases("percent|percentage|pct|share|relative"),
	list: phrases(
		"list|show|summarize|summarise|recap|recent|latest|history|sum up|digest|report|rundown|tl dr",
	),
	many: phrases("how many|number of|count|count of|how often"),
	not: phrases("not|never|without|no|nobody"),
	"act:restart": phrases(
		"restart|off and on|stop and start|reboot|bounce|recycle|relaunch|respawn|power cycle|cycle",
		"kick|re start|rerun|reset",
	),
	"acted:restart": phrases(
		"restarted|restarts|restarting|rebooted|reboots|rebooting|bounced|bouncing|relaunched",
	),
	"act:scale": phrases("scale|upscale|downscale|scale up|scale down|scale out|scale in|resize|add replicas"),
	"acted:scale": phrases("scaled|scaling|resized"),
	"act:stop": phrases(
		"stop|kill|terminate|shutdown|shut down|turn off|power off|stop the|halt|pause|disable",
	),
	"acted:stop": phrases("killed|stopped|terminated|halted|crashed|paused"),
	"act:start": phrases("start|launch|turn on|boot|enable"),
	"act:delete": phrases("delete|remove|purge|wipe|clean|clean up|clear|free up|erase|truncate|rm"),
	"acted:delete": phrases("deleted|removed|purged|wiped|cleaned|cleared"),
	"act:rollback": phrases("roll back|rollback|revert|undo"),
	"acted:rollback": phrases("rolled back|reverted"),
	"act:deploy": phrases("deploy|upgrade|patch|install|redeploy"),
	"acted:deploy": phrases("deployed|released|upgraded|shipped"),
	"act:silence": phrases("mute|silence|snooze|ack|acknowledge|unmute|freeze"),
	"unsupported:logs": phrases(
		"log|logs|stack trace|stacktrace|stack traces|traces|trace|exception|exceptions|log lines",
	),
	"unsupported:kubernetes": phrases(
		"kubernetes|k8s|pod|pods|kubectl|deployment|deployments|namespace|cluster",
	),
	"unsupported:costs": phrases("cost|costs|price|prices|bill|billing|spend|spending|dollars|budget|invoice"),
	"unsupported:temperatures": phrases("temperature|temperatures|temp|thermal|fan|fans|fan speed"),
	"unsupported:the graphics card": phrases("gpu|gpus|vram|graphics"),
	"unsupported:databases": phrases("database|databases|sql|postgres|mysql|redis|slow queries|db"),
	"unsupported:queues and connections": phrases(
		"queue|queues|kafka|connections|threads|connection pool|sockets",
	),
	"unsupported:who is on call": phrases("on call|oncall|on duty|rota|pager"),
	"unsupported:the weather": phrases("weather|rain|sunny"),
	"unsupported:code and releases": phrases(
		"code|commit|commits|git|pull request|source|deploys|last deploy|releases|version|changelog",
	),
	"unsupported:tickets and mail": phrases("jira|ticket|tickets|email|mail|slack|calendar|meeting"),
	"unsupported:writing and talk": phrases("poem|joke|story|song|essay|haiku|recipe|translate|write"),
	"unsupported:disk speed": phrases("iops|disk io|disk i o|disk latency|disk throughput|inodes|inode"),
	"unsupported:swap": phrases("swap|swap usage|swap space|swap memory|paging|swapping"),
	"unsupported:uptime": phrases("uptime|up time|boot time"),
	"unsupported:secrets": phrases(
		"password|passwords|secret|secrets|api key|token|tokens|credential|credentials",
	),
};
