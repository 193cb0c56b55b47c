import * as vscode from 'vscode';
import { type EnvironmentState, environmentState, interpreterIn, type RunDescription } from '../runner/description';
import type { Environments } from '../runner/environments';
import { RunnerUnavailable } from '../runner/runner';
import { settings } from '../settings';
import { activeFile, nameOfSpec } from './activeFile';

/** While somebody moves through editors nothing is asked. */
const restMilliseconds = 150;

const icons: Record<Exclude<EnvironmentState, 'none'>, string> = { ready: '$(pass)', missing: '$(circle-large-outline)', broken: '$(error)' };
const words: Record<Exclude<EnvironmentState, 'none'>, string> = { ready: 'ready', missing: 'not built', broken: 'broken' };

/** The effective spec of the active file and the state of its environment. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('vpython.environment', vscode.StatusBarAlignment.Right, 101);
  private readonly described = new vscode.EventEmitter<{ document: vscode.TextDocument; description: RunDescription }>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private round = 0;

  /** The active file and what is known of it, whenever either changes. */
  readonly onDidDescribe = this.described.event;

  constructor(private readonly environments: Environments) {
    this.item.name = 'vpython environment';
    this.item.command = 'vpython-spec.showMenu';
    this.subscriptions = [
      this.item,
      this.described,
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.workspace.onDidChangeConfiguration((event) => (event.affectsConfiguration('vpython.statusBar') ? this.soon() : undefined)),
      environments.onDidChange(() => this.soon()),
    ];
    this.soon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), restMilliseconds);
  }

  private async update(): Promise<void> {
    const round = ++this.round;
    const document = activeFile();
    if (!document) {
      this.hide();
      return hasSpec(false);
    }
    if (!vscode.workspace.isTrusted) {
      await hasSpec(false);
      return this.show('$(shield) vpython', 'In restricted mode vpython3 is not started: nothing is known of environments.', 'warning', 'workbench.trust.manage');
    }
    try {
      const description = await this.environments.describeDocument(document);
      if (round !== this.round) return;
      this.described.fire({ document, description });
      const state = environmentState(description);
      await hasSpec(state !== 'none');
      if (state === 'none') return this.hide();
      const name = nameOfSpec(description.spec.path, description.spec.kind);
      this.show(`${icons[state]} ${name}${state === 'ready' ? '' : `: ${words[state]}`}`, tooltip(description, state), state === 'broken' ? 'error' : undefined, 'vpython-spec.showMenu');
    } catch (error) {
      if (round !== this.round) return;
      await hasSpec(false);
      const message = error instanceof Error ? error.message : String(error);
      this.show('$(warning) vpython', message, 'warning', error instanceof RunnerUnavailable ? { command: 'workbench.action.openSettings', title: 'Settings', arguments: ['vpython.runner.path'] } : 'vpython-spec.showLog');
    }
  }

  private show(text: string, tip: string | vscode.MarkdownString, level: 'error' | 'warning' | undefined, command: string | vscode.Command): void {
    this.item.text = text;
    this.item.tooltip = tip;
    this.item.command = command;
    this.item.backgroundColor = level && new vscode.ThemeColor(`statusBarItem.${level}Background`);
    if (settings.isStatusBarVisible()) this.item.show();
    else this.item.hide();
  }

  private hide(): void {
    this.item.hide();
  }
}

/** What the conditions of menus ask for. */
async function hasSpec(value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'vpython.activeFileHasSpec', value);
}

function tooltip(run: RunDescription, state: Exclude<EnvironmentState, 'none'>): vscode.MarkdownString {
  const tip = new vscode.MarkdownString(undefined, true);
  // Only these commands can be called from here, whatever text a path or an error brings along.
  tip.isTrusted = { enabledCommands: ['vpython-spec.buildEnvironment', 'vpython-spec.explainSpec', 'vpython-spec.openSpec', 'vpython-spec.showEnvironment'] };
  const line = (label: string, value: string): void => {
    tip.appendMarkdown(`**${label}** `).appendText(value).appendMarkdown('\n\n');
  };
  line('Spec', run.spec.path ? vscode.workspace.asRelativePath(run.spec.path) : 'none');
  line('Why', run.spec.why);
  if (run.interpreter) line('Python', `${run.interpreter.version} (${run.interpreter.path})`);
  if (run.packages.length > 0) line('Wheels', String(run.packages.length));
  if (run.environment) line('Environment', `${words[state]}: ${state === 'ready' ? interpreterIn(run.environment.path) : run.environment.path}`);
  for (const error of state === 'broken' ? run.errors.slice(0, 3) : []) line('Error', error.code ? `${error.message} [${error.code}]` : error.message);
  const links = ['[Explain](command:vpython-spec.explainSpec)', '[Open spec](command:vpython-spec.openSpec)'];
  if (state === 'missing') links.unshift('[Build](command:vpython-spec.buildEnvironment)');
  if (state === 'ready') links.unshift('[Show environment](command:vpython-spec.showEnvironment)');
  return tip.appendMarkdown(`---\n\n${links.join(' | ')}`);
}
