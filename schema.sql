-- Written by `npm run docs` from the migrations. Do not edit.

create type delivery_cause as enum ('hard', 'full', 'unclear', 'policy', 'rate', 'busy', 'slow', 'letter', 'sender', 'utf8', 'line', 'transport');
create type delivery_kind as enum ('morning', 'special', 'welcome');
create type delivery_state as enum ('queued', 'armed', 'accepted', 'refused', 'unknown', 'expired', 'cancelled', 'suppressed', 'skipped');

create table list (
  id bigint generated always as identity not null,
  slug text not null,
  name text not null,
  tagline text not null default ''::text,
  locale text not null default 'en'::text,
  time_zone text not null,
  local_time time(0) without time zone not null,
  weekdays smallint[] not null,
  sections text[] not null default '{}'::text[],
  min_stories smallint not null,
  max_stories smallint not null,
  fresh_for_seconds integer not null,
  unknown_policy text not null,
  mail_from text,
  postal_address text not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  approval text not null default 'none'::text,
  at_cut_off text not null default 'send as composed'::text,
  floor real not null default 0,
  brand jsonb not null default '{"logo": null, "accent": null, "footer": "", "accentDark": null}'::jsonb,
  reply_to text,
  rehearsal text not null default 'off'::text,
  constraint list_slug_key UNIQUE (slug),
  constraint list_pkey PRIMARY KEY (id),
  constraint list_approval_check CHECK ((approval = ANY (ARRAY['none'::text, 'second person'::text]))),
  constraint list_at_cut_off_check CHECK ((at_cut_off = ANY (ARRAY['send as composed'::text, 'send last approved'::text, 'skip'::text]))),
  constraint list_check CHECK (((max_stories >= min_stories) AND (max_stories <= 50))),
  constraint list_floor_check CHECK (((floor >= (0)::double precision) AND (floor <= (10)::double precision))),
  constraint list_fresh_for_seconds_check CHECK (((fresh_for_seconds >= 60) AND (fresh_for_seconds <= 86400))),
  constraint list_min_stories_check CHECK ((min_stories >= 1)),
  constraint list_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint list_rehearsal_check CHECK ((rehearsal = ANY (ARRAY['off'::text, 'warn'::text, 'block'::text]))),
  constraint list_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 64))),
  constraint list_unknown_policy_check CHECK ((unknown_policy = ANY (ARRAY['hold'::text, 'resend once'::text]))),
  constraint list_weekdays_check CHECK (((cardinality(weekdays) > 0) AND (weekdays <@ '{1,2,3,4,5,6,7}'::smallint[])))
);

create table schedule (
  id bigint generated always as identity not null,
  list_id bigint not null,
  time_zone text not null,
  local_time time(0) without time zone not null,
  weekdays smallint[] not null,
  next_due_at timestamp with time zone not null,
  served_date date,
  chosen_zone text,
  chosen_time time(0) without time zone,
  chosen_weekdays smallint[],
  reach_days smallint not null default 3,
  next_due_date date not null,
  let_go date[] not null default '{}'::date[],
  served_at timestamp with time zone,
  skipped_date date,
  constraint schedule_pkey PRIMARY KEY (id),
  constraint schedule_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id),
  constraint schedule_weekdays_check CHECK (((cardinality(weekdays) > 0) AND (weekdays <@ '{1,2,3,4,5,6,7}'::smallint[])))
);

create table subscriber (
  id bigint generated always as identity not null,
  address text not null,
  locale text not null,
  time_zone text,
  created_at timestamp with time zone not null,
  merged_into bigint,
  constraint subscriber_address_key UNIQUE (address),
  constraint subscriber_pkey PRIMARY KEY (id),
  constraint subscriber_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES subscriber(id) ON DELETE CASCADE,
  constraint subscriber_address_check CHECK (((octet_length(address) >= 3) AND (octet_length(address) <= 254)))
);

create table subscription (
  id bigint generated always as identity not null,
  subscriber_id bigint not null,
  list_id bigint not null,
  schedule_id bigint not null,
  state text not null,
  sections text[],
  requested_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  welcome_due_at timestamp with time zone,
  morning_from timestamp with time zone,
  ended_at timestamp with time zone,
  previous_schedule_id bigint,
  previous_date date,
  previous_after date,
  consent_at timestamp with time zone,
  consent_source text,
  paused_until date,
  constraint subscription_subscriber_id_list_id_key UNIQUE (subscriber_id, list_id),
  constraint subscription_pkey PRIMARY KEY (id),
  constraint subscription_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id),
  constraint subscription_previous_schedule_id_fkey FOREIGN KEY (previous_schedule_id) REFERENCES schedule(id),
  constraint subscription_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES schedule(id),
  constraint subscription_subscriber_id_fkey FOREIGN KEY (subscriber_id) REFERENCES subscriber(id) ON DELETE CASCADE,
  constraint subscription_check CHECK (((state <> 'active'::text) OR ((confirmed_at IS NOT NULL) AND (morning_from IS NOT NULL)))),
  constraint subscription_check2 CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
  constraint subscription_check3 CHECK ((previous_after < previous_date)),
  constraint subscription_consent CHECK (((consent_at IS NULL) = (consent_source IS NULL))),
  constraint subscription_consent_before CHECK ((consent_at <= confirmed_at)),
  constraint subscription_paused CHECK (
CASE state
    WHEN 'paused'::text THEN (paused_until IS NOT NULL)
    WHEN 'active'::text THEN true
    ELSE (paused_until IS NULL)
END),
  constraint subscription_previous CHECK (((previous_schedule_id IS NULL) OR (previous_date IS NOT NULL))),
  constraint subscription_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'paused'::text, 'ended'::text])))
);

create table consent_event (
  id bigint generated always as identity not null,
  subscriber_id bigint not null,
  list_id bigint not null,
  kind text not null,
  at timestamp with time zone not null,
  network text,
  shown text not null,
  detail jsonb not null default '{}'::jsonb,
  constraint consent_event_pkey PRIMARY KEY (id),
  constraint consent_event_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id),
  constraint consent_event_subscriber_id_fkey FOREIGN KEY (subscriber_id) REFERENCES subscriber(id) ON DELETE CASCADE,
  constraint consent_event_kind_check CHECK ((kind = ANY (ARRAY['requested'::text, 'confirmed'::text, 'attested'::text, 'ended'::text, 'changed'::text])))
);

create table source (
  id bigint generated always as identity not null,
  kind text not null,
  url text not null,
  title text not null default ''::text,
  section text,
  language text,
  weight real not null default 1,
  show text not null default 'excerpt'::text,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null,
  next_poll_at timestamp with time zone not null,
  polled_at timestamp with time zone,
  etag text,
  last_modified text,
  failures integer not null default 0,
  problem text,
  sample boolean not null default false,
  host text generated always as (lower("substring"(url, '^https?://([^/?#]+)'::text))) stored,
  interval_minutes smallint not null default 15,
  complete boolean not null default true,
  health text not null default 'well'::text,
  health_detail text,
  constraint source_url_key UNIQUE (url),
  constraint source_pkey PRIMARY KEY (id),
  constraint source_health_check CHECK ((health = ANY (ARRAY['well'::text, 'failing'::text, 'stuck'::text, 'silent'::text, 'flooding'::text, 'undated'::text]))),
  constraint source_kind_check CHECK ((kind = ANY (ARRAY['feed'::text, 'page'::text]))),
  constraint source_show_check CHECK ((show = ANY (ARRAY['excerpt'::text, 'full'::text]))),
  constraint source_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'ended'::text]))),
  constraint source_weight_check CHECK ((weight > (0)::double precision))
);

create table picture (
  id text not null,
  media_type text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  created_at timestamp with time zone not null,
  constraint picture_pkey PRIMARY KEY (id),
  constraint picture_id_check CHECK ((id ~ '^[0-9a-f]{32}$'::text))
);

create table article (
  id bigint generated always as identity not null,
  source_id bigint,
  slug text not null,
  url text,
  guid text,
  fingerprint text,
  title text not null,
  standfirst text not null default ''::text,
  body text not null default ''::text,
  figures jsonb not null default '[]'::jsonb,
  section text not null,
  language text not null,
  author text,
  publisher text not null,
  show text not null,
  published_at timestamp with time zone not null,
  first_seen_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  link text,
  dated boolean not null default true,
  page_wanted boolean not null default false,
  page_problem text,
  text_sketch integer[],
  same_text_as bigint,
  standfirst_from text not null default 'publisher'::text,
  summary_asked_at timestamp with time zone,
  summary_problem text,
  constraint article_slug_key UNIQUE (slug),
  constraint article_url_key UNIQUE (url),
  constraint article_pkey PRIMARY KEY (id),
  constraint article_same_text_as_fkey FOREIGN KEY (same_text_as) REFERENCES article(id),
  constraint article_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(id),
  constraint article_show_check CHECK ((show = ANY (ARRAY['excerpt'::text, 'full'::text]))),
  constraint article_standfirst_from_check CHECK ((standfirst_from = ANY (ARRAY['publisher'::text, 'extract'::text, 'model'::text])))
);

create table story (
  id bigint generated always as identity not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint story_pkey PRIMARY KEY (id)
);

create table story_article (
  article_id bigint not null,
  story_id bigint not null,
  change bigint not null default nextval('story_change'::regclass),
  read_title text not null default ''::text,
  read_standfirst text not null default ''::text,
  constraint story_article_pkey PRIMARY KEY (article_id),
  constraint story_article_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE,
  constraint story_article_story_id_fkey FOREIGN KEY (story_id) REFERENCES story(id) ON DELETE CASCADE
);

create table issue (
  id bigint generated always as identity not null,
  list_id bigint not null,
  local_date date not null,
  warned_at timestamp with time zone,
  constraint issue_list_id_local_date_key UNIQUE (list_id, local_date),
  constraint issue_pkey PRIMARY KEY (id),
  constraint issue_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id)
);

create table edition (
  id bigint generated always as identity not null,
  issue_id bigint not null,
  list_id bigint not null,
  kind text not null,
  audience text not null,
  state text not null,
  reason text,
  due_at timestamp with time zone not null,
  local_date date not null,
  named_articles bigint[],
  public_variant_id bigint,
  opened_at timestamp with time zone not null,
  composed_at timestamp with time zone,
  finished_at timestamp with time zone,
  resumed_at timestamp with time zone,
  verdicts jsonb not null default '[]'::jsonb,
  rundown_version integer,
  constraint edition_pkey PRIMARY KEY (id),
  constraint edition_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id),
  constraint edition_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id),
  constraint edition_public_variant FOREIGN KEY (public_variant_id) REFERENCES variant(id),
  constraint edition_audience_check CHECK ((audience = ANY (ARRAY['due'::text, 'all'::text, 'new'::text]))),
  constraint edition_kind_check CHECK ((kind = ANY (ARRAY['morning'::text, 'special'::text]))),
  constraint edition_state_check CHECK ((state = ANY (ARRAY['composing'::text, 'ready'::text, 'sending'::text, 'paused'::text, 'done'::text, 'held'::text, 'skipped'::text, 'cancelled'::text])))
);

create table edition_schedule (
  edition_id bigint not null,
  schedule_id bigint not null,
  since_date date,
  constraint edition_schedule_pkey PRIMARY KEY (edition_id, schedule_id),
  constraint edition_schedule_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  constraint edition_schedule_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES schedule(id)
);

create table variant (
  id bigint generated always as identity not null,
  edition_id bigint not null,
  locale text not null,
  fingerprint text not null,
  subject text not null,
  preheader text not null,
  stories jsonb not null,
  note text,
  replaced_by bigint,
  ended_at timestamp with time zone,
  corrected_at timestamp with time zone,
  corrections jsonb not null default '[]'::jsonb,
  constraint variant_edition_id_fingerprint_key UNIQUE (edition_id, fingerprint),
  constraint variant_pkey PRIMARY KEY (id),
  constraint variant_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  constraint variant_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES variant(id)
);

create table variant_story (
  variant_id bigint not null,
  position smallint not null,
  story_id bigint not null,
  article_id bigint not null,
  constraint variant_story_variant_id_story_id_key UNIQUE (variant_id, story_id),
  constraint variant_story_pkey PRIMARY KEY (variant_id, "position"),
  constraint variant_story_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id),
  constraint variant_story_story_id_fkey FOREIGN KEY (story_id) REFERENCES story(id),
  constraint variant_story_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES variant(id)
);

create table worker (
  id text not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint worker_pkey PRIMARY KEY (id)
);

create table delivery (
  id bigint generated always as identity not null,
  edition_id bigint not null,
  subscription_id bigint not null,
  variant_id bigint,
  kind delivery_kind not null,
  local_date date not null,
  state delivery_state not null,
  token uuid,
  worker text,
  attempt smallint not null default 0,
  next_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  message_id text not null,
  reply text,
  enhanced_code text,
  reason text,
  planned_at timestamp with time zone not null,
  tried_at timestamp with time zone,
  armed_at timestamp with time zone,
  settled_at timestamp with time zone,
  cause delivery_cause,
  resent_at timestamp with time zone,
  effect_pending boolean not null default false,
  exception delivery_state generated always as (
CASE
    WHEN (state <> ALL (ARRAY['queued'::delivery_state, 'armed'::delivery_state, 'accepted'::delivery_state])) THEN state
    ELSE NULL::delivery_state
END) stored,
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_armed_check CHECK (((state <> 'armed'::delivery_state) OR ((token IS NOT NULL) AND (worker IS NOT NULL)))),
  constraint delivery_variant_check CHECK (((variant_id IS NOT NULL) OR (state = 'skipped'::delivery_state)))
);

create table outbox (
  id bigint generated always as identity not null,
  kind text not null,
  ids jsonb not null,
  state text not null default 'queued'::text,
  attempt smallint not null default 0,
  posted_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  reply text,
  settled_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'accepted'::text, 'refused'::text, 'dropped'::text])))
);

create table suppression (
  id bigint generated always as identity not null,
  address text not null,
  reason text not null,
  detail text not null default ''::text,
  created_at timestamp with time zone not null,
  confirmation_at timestamp with time zone,
  constraint suppression_address_key UNIQUE (address),
  constraint suppression_pkey PRIMARY KEY (id),
  constraint suppression_reason_check CHECK ((reason = ANY (ARRAY['bounce'::text, 'complaint'::text, 'manual'::text, 'erased'::text])))
);

create table api_key (
  id text not null,
  owner text not null,
  scopes text[] not null,
  secret_sha256 bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_scopes_check CHECK (((cardinality(scopes) > 0) AND (scopes <@ '{read,edit,approve,admin}'::text[]))),
  constraint api_key_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);

create table audit_event (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  key_id text not null,
  method text not null,
  route text not null,
  target text not null,
  status smallint not null,
  network text,
  action text,
  constraint audit_event_pkey PRIMARY KEY (id)
);

create table idempotent_request (
  key_id text not null,
  idempotency_key text not null,
  fingerprint bytea not null,
  status smallint,
  body json,
  created_at timestamp with time zone not null,
  constraint idempotent_request_pkey PRIMARY KEY (key_id, idempotency_key)
);

create table recipient_domain (
  domain text not null,
  paused_until timestamp with time zone not null,
  pauses smallint not null,
  reason text not null,
  paused_at timestamp with time zone not null,
  constraint recipient_domain_pkey PRIMARY KEY (domain)
);

create table home (
  id boolean not null default true,
  system_identifier text not null,
  timeline bigint not null,
  database_oid bigint not null,
  confirmed_at timestamp with time zone not null,
  ledger_oid bigint not null,
  rewound_at timestamp with time zone,
  constraint home_pkey PRIMARY KEY (id),
  constraint home_id_check CHECK (id)
);

create table import (
  id bigint generated always as identity not null,
  list_id bigint not null,
  key_id text not null,
  consent jsonb,
  created_at timestamp with time zone not null,
  counts jsonb not null,
  constraint import_pkey PRIMARY KEY (id),
  constraint import_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id)
);

create table rate (
  scope text not null,
  per_second double precision,
  cut_to double precision,
  cut_at timestamp with time zone,
  tokens double precision not null default 1,
  refilled_at timestamp with time zone not null,
  dry_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  day date,
  day_taken integer not null default 0,
  constraint rate_pkey PRIMARY KEY (scope),
  constraint rate_check CHECK (((cut_to IS NULL) = (cut_at IS NULL))),
  constraint rate_cut_to_check CHECK ((cut_to > (0)::double precision)),
  constraint rate_per_second_check CHECK ((per_second > (0)::double precision))
);

create table article_version (
  article_id bigint not null,
  replaced_at timestamp with time zone not null,
  title text not null,
  standfirst text not null,
  body text not null,
  constraint article_version_pkey PRIMARY KEY (article_id, replaced_at),
  constraint article_version_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id)
);

create table article_vector (
  article_id bigint not null,
  model text not null,
  vector real[] not null,
  constraint article_vector_pkey PRIMARY KEY (article_id),
  constraint article_vector_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id) ON DELETE CASCADE
);

create table sign_up_count (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint sign_up_count_pkey PRIMARY KEY (key)
);

create table source_log (
  id bigint generated always as identity not null,
  source_id bigint not null,
  at timestamp with time zone not null,
  item text,
  reason text not null,
  constraint source_log_pkey PRIMARY KEY (id),
  constraint source_log_source_id_fkey FOREIGN KEY (source_id) REFERENCES source(id) ON DELETE CASCADE
);

create table rundown (
  issue_id bigint not null,
  version integer not null,
  decisions jsonb not null,
  edited_by text not null,
  edited_key text not null,
  edited_at timestamp with time zone not null,
  approved_by text,
  approved_key text,
  approved_at timestamp with time zone,
  constraint rundown_pkey PRIMARY KEY (issue_id, version),
  constraint rundown_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id),
  constraint rundown_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint rundown_version_check CHECK ((version >= 1))
);

create table correction (
  id bigint generated always as identity not null,
  article_id bigint not null,
  kind text not null,
  text text not null,
  was jsonb not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint correction_pkey PRIMARY KEY (id),
  constraint correction_article_id_fkey FOREIGN KEY (article_id) REFERENCES article(id),
  constraint correction_kind_check CHECK ((kind = ANY (ARRAY['corrected'::text, 'withdrawn'::text])))
);

create table address_change (
  id bigint generated always as identity not null,
  subscriber_id bigint not null,
  old_address text not null,
  new_address text not null,
  requested_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint address_change_pkey PRIMARY KEY (id),
  constraint address_change_subscriber_id_fkey FOREIGN KEY (subscriber_id) REFERENCES subscriber(id) ON DELETE CASCADE
);

create table letter_template (
  list_id bigint not null,
  draft text,
  live text,
  saved_at timestamp with time zone not null,
  published_at timestamp with time zone,
  problem text,
  constraint letter_template_pkey PRIMARY KEY (list_id),
  constraint letter_template_list_id_fkey FOREIGN KEY (list_id) REFERENCES list(id)
);

create table rehearsal (
  id bigint generated always as identity not null,
  issue_id bigint not null,
  rundown_version integer not null,
  state text not null,
  report jsonb,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  overridden_by text,
  overridden_key text,
  overridden_at timestamp with time zone,
  override_reason text,
  constraint rehearsal_pkey PRIMARY KEY (id),
  constraint rehearsal_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue(id),
  constraint rehearsal_check CHECK (((state = 'asked'::text) = (finished_at IS NULL))),
  constraint rehearsal_check1 CHECK (((overridden_at IS NULL) OR ((state = 'red'::text) AND (overridden_by IS NOT NULL) AND (override_reason IS NOT NULL)))),
  constraint rehearsal_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'green'::text, 'red'::text, 'failed'::text])))
);

create table slice (
  edition_id bigint not null,
  first_id bigint not null,
  last_id bigint not null,
  next_at timestamp with time zone,
  expires_at timestamp with time zone,
  counts jsonb,
  constraint slice_pkey PRIMARY KEY (edition_id, first_id),
  constraint slice_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id),
  constraint slice_check CHECK ((last_id >= first_id))
);

create table mailbox (
  key text not null,
  letters_at timestamp with time zone[] not null,
  letter_for bigint,
  constraint mailbox_pkey PRIMARY KEY (key)
);

create table limit_count (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint limit_count_pkey PRIMARY KEY (key)
);

create index schedule_next_due ON public.schedule USING btree (next_due_at);
create unique index schedule_of_choice ON public.schedule USING btree (list_id, chosen_zone, chosen_time, chosen_weekdays) NULLS NOT DISTINCT;
create index subscriber_merged ON public.subscriber USING btree (merged_into) WHERE (merged_into IS NOT NULL);
create index subscription_by_list ON public.subscription USING btree (list_id, id);
create index subscription_by_previous ON public.subscription USING btree (previous_schedule_id, previous_date) WHERE (previous_schedule_id IS NOT NULL);
create index subscription_by_schedule ON public.subscription USING btree (schedule_id) WHERE (state = ANY (ARRAY['active'::text, 'paused'::text]));
create index subscription_paused ON public.subscription USING btree (paused_until) WHERE (state = 'paused'::text);
create index subscription_pending ON public.subscription USING btree (requested_at) WHERE (state = 'pending'::text);
create index subscription_welcome ON public.subscription USING btree (welcome_due_at) WHERE (welcome_due_at IS NOT NULL);
create index consent_event_by_subscriber ON public.consent_event USING btree (subscriber_id, id);
create index source_next_poll ON public.source USING btree (next_poll_at) WHERE (state = 'active'::text);
create unique index source_sample ON public.source USING btree (sample) WHERE sample;
create index article_by_source ON public.article USING btree (source_id, guid);
create index article_first_seen ON public.article USING btree (first_seen_at);
create index article_least_hashes ON public.article USING gin ((text_sketch[1:8])) WITH (fastupdate=off);
create index article_link ON public.article USING btree (link) WHERE (link IS NOT NULL);
create index article_of_source ON public.article USING btree (source_id, first_seen_at);
create index article_page_wanted ON public.article USING btree (first_seen_at) WHERE page_wanted;
create index article_summary_wanted ON public.article USING btree (first_seen_at) WHERE ((standfirst_from = 'extract'::text) AND (summary_asked_at IS NULL));
create index story_last_seen ON public.story USING btree (last_seen_at);
create index story_article_by_change ON public.story_article USING btree (change);
create index story_article_by_story ON public.story_article USING btree (story_id);
create index edition_latest ON public.edition USING btree (list_id, composed_at DESC);
create unique index edition_one_morning ON public.edition USING btree (list_id, local_date, due_at) WHERE (kind = 'morning'::text);
create index edition_unfinished ON public.edition USING btree (id) WHERE (state = ANY (ARRAY['composing'::text, 'ready'::text, 'sending'::text, 'paused'::text, 'held'::text]));
create index variant_not_current ON public.variant USING btree (edition_id) WHERE ((replaced_by IS NOT NULL) OR (ended_at IS NOT NULL));
create index variant_story_by_article ON public.variant_story USING btree (article_id);
create unique index delivery_by_reader ON public.delivery USING btree (subscription_id, local_date, (
CASE kind
    WHEN 'morning'::delivery_kind THEN (0)::bigint
    ELSE edition_id
END));
create index delivery_effect_pending ON public.delivery USING btree (id) WHERE effect_pending;
create index delivery_exceptions ON public.delivery USING btree (exception, edition_id, id) WHERE (exception IS NOT NULL);
create index outbox_by_subscriber ON public.outbox USING btree (((ids ->> 'subscriber'::text)), posted_at);
create index outbox_waiting ON public.outbox USING btree (next_at) WHERE (state = 'queued'::text);
create index suppression_bounced ON public.suppression USING btree (created_at) WHERE (reason = 'bounce'::text);
create index source_log_by_age ON public.source_log USING btree (at);
create index source_log_by_source ON public.source_log USING btree (source_id, id);
create index correction_by_article ON public.correction USING btree (article_id, id);
create index address_change_by_address ON public.address_change USING btree (new_address, requested_at);
create index address_change_by_subscriber ON public.address_change USING btree (subscriber_id, requested_at);
create index rehearsal_by_issue ON public.rehearsal USING btree (issue_id, id);
create unique index rehearsal_under_way ON public.rehearsal USING btree (issue_id) WHERE (state = 'asked'::text);
create index slice_open ON public.slice USING btree (edition_id) WHERE (counts IS NULL);

create view here as
 SELECT s.system_identifier::text AS system_identifier,
    (('x'::text || "left"(pg_walfile_name(pg_current_wal_insert_lsn()), 8)))::bit(32)::bigint AS timeline,
    d.oid::bigint AS database_oid,
    'delivery'::regclass::oid::bigint AS ledger_oid
   FROM pg_control_system() s(pg_control_version, catalog_version_no, system_identifier, pg_control_last_modified),
    pg_database d
  WHERE d.datname = current_database();

create view ledger_age as
 SELECT (EXTRACT(epoch FROM confirmed_at) * 1000000::numeric)::bigint AS word,
    (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint AS written
   FROM home;

CREATE OR REPLACE FUNCTION public.at_home()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select at_home(0, 0) $function$;

CREATE OR REPLACE FUNCTION public.at_home(seen_word bigint, seen_written bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
        select not exists (
          select 1 from home h, here n, ledger_age a
           where h.rewound_at is not null or (a.word, a.written) < (seen_word, seen_written)
              or (h.system_identifier, h.timeline, h.database_oid, h.ledger_oid) is distinct from (n.system_identifier, n.timeline, n.database_oid, n.ledger_oid))
      $function$;

CREATE OR REPLACE FUNCTION public.forget_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        begin
          with forgotten as (delete from delivery d using gone g where d.subscription_id = g.id returning d.edition_id, d.id)
          update slice c set counts = null from forgotten f where c.edition_id = f.edition_id and f.id between c.first_id and c.last_id;
          return null;
        end $function$;

CREATE OR REPLACE FUNCTION public.open_slice(d delivery)
 RETURNS void
 LANGUAGE sql
AS $function$
        -- meets whoever tends it, and nobody else; the next statement sees what they left
        select from slice c where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id for key share;
        update slice c
           set counts = null, next_at = least(c.next_at, case when d.state = 'queued' then d.next_at end),
               expires_at = least(c.expires_at, case when d.state = 'queued' then d.expires_at end)
         where c.edition_id = d.edition_id and d.id between c.first_id and c.last_id
           and (c.counts is not null or d.state = 'queued' and (d.next_at < coalesce(c.next_at, 'infinity') or d.expires_at < coalesce(c.expires_at, 'infinity')))
      $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $function$;

CREATE TRIGGER forget_deliveries AFTER DELETE ON public.subscription REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_deliveries();
CREATE TRIGGER consent_event_append_only BEFORE UPDATE ON public.consent_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_append_only BEFORE UPDATE ON public.audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

comment on column list.reply_to is '`Name <address>`; null: answers go to the sender';
comment on column schedule.served_date is 'local date of the last due instant that was opened';
comment on column schedule.chosen_zone is 'as the reader chose; null, as in the other two: whatever the list has';
comment on column schedule.reach_days is 'how far its editions reach back: the longest time between two, 3 days at least';
comment on column schedule.next_due_date is 'the date whose letter next_due_at brings';
comment on column schedule.let_go is 'dates that a move of the list has let go; recorded as skipped when the schedule is due next';
comment on column schedule.served_at is 'the due instant of served_date';
comment on column schedule.skipped_date is 'the date of the last edition, if it was skipped; null: it was composed';
comment on column subscriber.merged_into is 'the reader who has moved to this one''s address: links of its letters are theirs';
comment on column subscription.sections is 'null: every section of the list';
comment on column subscription.welcome_due_at is 'set by the reader''s own confirmation, cleared by nobody: the ledger says whether the welcome went out';
comment on column subscription.morning_from is 'no morning letter for a due instant before this one';
comment on column subscription.previous_date is 'the schedule brings the letters of the local dates after this one';
comment on column subscription.previous_after is 'the previous schedule brings those of the dates after this one, up to and with previous_date';
comment on column subscription.consent_at is 'when consent was given, by the word of an admin; null: the reader has confirmed, or not yet';
comment on column subscription.consent_source is 'where, in the admin''s words';
comment on column subscription.paused_until is 'the first date of which letters come; it stays after the pause, and goes when the reader ends the pause';
comment on column consent_event.network is 'the address the request came from, truncated to /24 or /48';
comment on column consent_event.shown is 'which text the person saw: the message file''s locale and version';
comment on column source.kind is 'page: a page to watch, whose links are articles';
comment on column source.title is 'the publisher readers see; empty until the feed has told it';
comment on column source.section is 'null: as the feed says';
comment on column source.language is 'null: as the feed says';
comment on column source.sample is 'the built-in sample: its url follows HOST and PORT';
comment on column source.host is 'hosts are asked one request at a time';
comment on column source.interval_minutes is 'between two polls while it is well; follows how often it publishes';
comment on column source.complete is 'thin items are completed from the article''s own page';
comment on column source.health is 'judged from the source''s own history (judge-health.ts)';
comment on column article.url is 'canonical: absolute, without fragment and tracking parameters; null: the newsroom''s own, whose page here is the original';
comment on column article.fingerprint is 'of the item as its source last gave it, so that an unchanged item costs nothing; ''by desk'': written or changed through the API, no feed overwrites it';
comment on column article.body is 'sanitised html';
comment on column article.figures is '[{src, alt, caption, credit, width, height}], src a path of ours (/pictures/…)';
comment on column article.link is 'the address as its source gives it, where the page has named another as canonical';
comment on column article.dated is 'false: the source gave no date, published_at is when we first saw it';
comment on column article.page_wanted is 'thin; to be completed from its page';
comment on column article.page_problem is 'why it could not be completed from its page';
comment on column article.text_sketch is 'the least hashes of its word sequences (text-sketch.ts); null: too short to tell';
comment on column article.same_text_as is 'the first article with nearly the same text, such as another publisher''s copy of one agency report';
comment on column article.summary_asked_at is 'when a model was last asked for its standfirst; null: not, or not since the text changed';
comment on column article.summary_problem is 'why the model''s answer was not taken';
comment on column story_article.change is 'raised whenever the article comes to a story, so that every process can follow; written under the lock of assign-stories';
comment on column issue.warned_at is 'when the desk was told that an approval is missing';
comment on column edition.audience is 'due: the schedules in edition_schedule; all: every active subscription; new: nobody but the readers it welcomes';
comment on column edition.resumed_at is 'when an admin let it go on: the breaker looks at nothing claimed before';
comment on column edition.verdicts is 'of the public copy, the best first: [{storyId, articleId, title, publisher, section, chosen, score, why: [{kind, text}]}]';
comment on column edition.rundown_version is 'the rundown it was composed by; null: by none';
comment on column edition_schedule.since_date is 'the skipped edition stands for all dates of the schedule from this one on; null: for its own';
comment on column variant.stories is 'the snapshot that is sent: [{storyId, articleId, title, standfirst, section, publisher, minutes, url, picture}]';
comment on column variant.note is 'the editor''s note above the stories';
comment on column variant.replaced_by is 'the variant that whoever has not been served gets instead: always the latest one';
comment on column variant.ended_at is 'when the last of its stories was withdrawn: nobody gets it any more';
comment on column variant.corrections is 'what it tells of stories that these readers had: [{id, title, text, url}]';
comment on table worker is 'heartbeats, on the database''s own clock (never CLOCK_OFFSET)';
comment on column delivery.tried_at is 'when the last attempt began';
comment on column delivery.cause is 'what the last failure was about (docs/decisions/0101); null: none, or nobody knows';
comment on column delivery.resent_at is 'when a delivery of unknown outcome was sent once more; by itself that happens once';
comment on column delivery.effect_pending is 'the reply means something for the reader, the domain or the edition that is not done yet';
comment on column delivery.exception is 'the state, of those that are not waiting, armed or accepted';
comment on column outbox.ids is 'what to write about, never an address: erasing a reader leaves nothing here';
comment on column suppression.confirmation_at is 'when a reader with an old bounce was given their one new confirmation letter';
comment on column audit_event.action is 'the button of the desk; null: the route says what was done';
comment on table recipient_domain is 'domains that refuse us for what we are: none of their readers is tried before paused_until';
comment on column recipient_domain.pauses is 'in a row, without an accepted letter in between';
comment on table home is 'the server and database this ledger was last known to be the only copy in; one row';
comment on column home.ledger_oid is 'of the table delivery: a dump restored in place makes it anew';
comment on column home.rewound_at is 'when a process found the server behind what it had seen of it';
comment on column import.consent is 'the admin''s attestation, {source, at}; null: every reader is asked to confirm';
comment on table rate is 'token buckets that all workers share; scope: domain:NAME or channel:NAME. On the database''s own clock (never CLOCK_OFFSET)';
comment on column rate.per_second is 'what an operator allows; null: no limit of theirs';
comment on column rate.cut_to is 'what a server''s complaint left of it; grows again from cut_at on';
comment on column rate.dry_until is 'nothing to be had before: nobody need ask';
comment on table article_version is 'what an article said before its source or the desk changed it';
comment on table article_vector is 'what EMBEDDINGS_URL said of title and standfirst, of length 1; empty without it';
comment on table sign_up_count is 'caps on sign-up: points by network and by the recipients'' domain within an hour; expire in ms since 1970';
comment on column source_log.item is 'its title; null: the poll itself failed';
comment on table rundown is 'append-only but for the approval, which a version gets once';
comment on column correction.was is 'title and standfirst as readers had them';
comment on table address_change is 'changes that readers asked for; those older than a week are forgotten';
comment on column letter_template.problem is 'why the live one was not used when it was used last; the house''s was then';
comment on column rehearsal.rundown_version is 'the rundown it went by; 0: by none';
comment on table slice is 'a run of ids of one edition''s deliveries, which one job works on';
comment on column slice.next_at is 'no letter of it may be tried before; null: none waits';
comment on column slice.expires_at is 'none of those that wait is too late before';
comment on column slice.counts is 'its deliveries by state, once none waits or is armed; null: it is open';
comment on table mailbox is 'caps on letters that strangers can ask for, by mailbox (mail/mailbox-key.ts); a row is forgotten after a day';
comment on column mailbox.letters_at is 'when letters were posted there in the last day';
comment on column mailbox.letter_for is 'the mark of the last request that was answered with a letter';
comment on table limit_count is 'wrong keys by network, proofs by key; expire in ms since 1970';
