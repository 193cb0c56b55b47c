/** The commands of package.json, without their prefix; a test compares the two. */
export const commandNames = [
  'runFile',
  'buildEnvironment',
  'explainSpec',
  'openSpec',
  'showEnvironment',
  'showTree',
  'showMatrix',
  'addWheel',
  'removeWheel',
  'upgradeWheels',
  'openTerminal',
  'useInterpreter',
  'writeTypeCheckerSettings',
  'updateCatalogue',
  'createSpec',
  'moveSpecIntoScript',
  'moveSpecBesideScript',
  'moveSpecToCommon',
  'lintWorkspace',
  'restartServer',
  'showLog',
  'showMenu',
] as const;

export type CommandName = (typeof commandNames)[number];

export const specLanguage = 'vpython-spec';

/** Whether a file is a spec by its name alone. */
export function isNamedAsSpec(file: string): boolean {
  return /\.vpython3?$/.test(file);
}

/** Languages whose files can have a spec inside. */
export const hostLanguages: readonly string[] = ['python', 'shellscript'];

export const taskType = 'vpython3';
export const debugType = 'vpython3';
export const terminalProfile = 'vpython.environment';
